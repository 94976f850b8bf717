import { randomBytes } from 'node:crypto';
import { AwsError } from './errors';
import type { Principal } from './service';

/** How keys of sessions begin: those of before a restart are nobody's. */
const SESSION = 'ASIA';
const FORBIDDEN = 403;

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
    const accessKeyId = `${SESSION}${randomBytes(8).toString('hex').toUpperCase()}`;
    this.principals.set(accessKeyId, principal);
    return { accessKeyId, secretAccessKey: 'local', sessionToken: 'local' };
  }

  /** The principal behind an access key; one of a person is that of who deploys. */
  principalOf(accessKeyId = ''): Principal {
    const principal = this.principals.get(accessKeyId);
    if (principal === undefined && accessKeyId.startsWith(SESSION)) {
      throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', FORBIDDEN);
    }
    return principal ?? this.deployer;
  }
}
