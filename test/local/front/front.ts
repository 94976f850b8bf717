import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operation } from '../../../local/core/service';
import { createWorld } from '../../../local/core/world';
import { createFront } from '../../../local/front/server';

/** A front before one service whose operations a test gives. */
export interface TestFront {
  /** For any SDK client. */
  readonly options: {
    readonly endpoint: string;
    readonly region: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Starts a front before a service; what the service does is what a test wants to see on the wire. */
export const startFront = async (name: string, operations: Readonly<Record<string, Operation>>): Promise<TestFront> => {
  const notes: string[] = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const isAddress = (address: AddressInfo | string | null): address is AddressInfo => typeof address === 'object';
  const address = server.address();
  const url = `http://127.0.0.1:${isAddress(address) ? address.port : 0}`;
  const open = createWorld({
    url,
    directory: '/nowhere',
    services: [() => ({ name, operations })],
    note: (line) => notes.push(line),
  });
  server.on('request', createFront(open));
  return {
    options: {
      endpoint: url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'KEY', secretAccessKey: 'secret' },
    },
    notes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
