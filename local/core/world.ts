import type { CredentialStore } from './credentials';
import type { Call, Output } from './service';

/** What all services share. Services reach each other through `call` only, as they would in AWS. */
export interface World {
  readonly partition: 'aws';
  readonly region: string;
  readonly account: string;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The folder that holds all state of this endpoint. */
  readonly directory: string;
  readonly credentials: CredentialStore;
  call(call: Call): Promise<Output>;
  /** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`. */
  arn(service: string, resource: string): string;
  /** Runs when the endpoint stops: end child processes, close sockets. */
  onClose(stop: () => void | Promise<void>): void;
  /** One line for the person at the terminal; not for the answers of the API. */
  note(line: string): void;
}
