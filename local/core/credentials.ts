import { randomBytes } from 'node:crypto';
import type { Principal } from './service';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Dummy credentials that tell who calls. Signatures are not checked: the endpoint listens on loopback only. */
export class CredentialStore {
  private readonly principals = new Map<string, Principal>();

  constructor(private readonly deployer: Principal) {}

  /** Credentials of a role for a process that this endpoint starts. */
  issue(principal: Principal): Credentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    this.principals.set(accessKeyId, principal);
    return { accessKeyId, secretAccessKey: 'local', sessionToken: 'local' };
  }

  /** The principal behind an access key; a key that nobody issued is the person who deploys. */
  principalOf(accessKeyId: string | undefined): Principal {
    return (accessKeyId === undefined ? undefined : this.principals.get(accessKeyId)) ?? this.deployer;
  }
}
