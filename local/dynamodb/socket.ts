import { basename, join } from 'node:path';

/** Longest path of a Unix socket that every system takes (104 bytes on macOS, with the closing zero). */
const MAX_SOCKET_PATH = 103;

/** Where the table engine listens: a socket in the state folder, or a named pipe where there are none. */
export const socketPath = (directory: string, platform: NodeJS.Platform = process.platform): string => {
  if (platform === 'win32') return `\\\\.\\pipe\\${basename(directory)}-dynamodb`;
  const path = join(directory, 'dynamodb.sock');
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH) {
    throw new Error(
      `the state folder '${directory}' is too long for a socket of DynamoDB (${MAX_SOCKET_PATH} bytes with ` +
        `'/dynamodb.sock'); choose a shorter one`,
    );
  }
  return path;
};
