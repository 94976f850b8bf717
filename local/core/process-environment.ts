import type { World } from './world';

export type ProcessEnvironment = Readonly<Record<string, string>>;

const FROM_HOST = /^(?:PATH|LANG|LC_.*|TZ|SystemRoot)$/i;

/** The few variables of this machine that a process may see. */
export const hostVariables = (): ProcessEnvironment =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      FROM_HOST.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );

/** Keeps a process to a folder of its own. */
export const homeVariables = (folder: string): ProcessEnvironment => ({
  HOME: folder,
  TMPDIR: folder,
  ...(process.platform === 'win32' ? { TEMP: folder, TMP: folder, USERPROFILE: folder } : {}),
});

/** New credentials of a role. */
export const credentialVariables = (world: World, roleArn: string): ProcessEnvironment => {
  const { accessKeyId, secretAccessKey, sessionToken } = world.credentials.issue({ arn: roleArn });
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
};
