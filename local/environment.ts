import { devNull } from 'node:os';

/**
 * Credentials that no other endpoint issues: the CDK CLI remembers the account of an access key, so a key that is
 * shared with another tool would be taken for that tool's account.
 */
export const CLIENT_CREDENTIALS = {
  accessKeyId: 'CDKBATCHPLATFORMLOCAL',
  secretAccessKey: 'cdk-batch-platform-local',
} as const;

const REGION = 'us-east-1';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Variables that would send a client elsewhere, or sign with someone's own credentials. */
const UNSAFE = /^(AWS_|CDK_DEFAULT_|CDK_PROFILE$|CDK_ROLE_ARN$)/i;

const checkEndpoint = (endpointUrl: string): void => {
  const url = URL.canParse(endpointUrl) ? new URL(endpointUrl) : undefined;
  if (url?.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) {
    throw new Error(
      `the endpoint must be http on this machine (http://127.0.0.1:PORT), got ${JSON.stringify(endpointUrl)}; ` +
        'nothing is sent elsewhere',
    );
  }
};

/** A proxy cannot reach this machine's loopback interface. */
const withoutProxy = (hosts: string | undefined): string =>
  [...new Set([...(hosts ?? '').split(',').map((host) => host.trim()), '127.0.0.1', 'localhost'])]
    .filter((host) => host !== '')
    .join(',');

/**
 * The environment for an unmodified CDK CLI or SDK client that must talk to the endpoint and to nothing else.
 * Throws for an endpoint that is not http on this machine.
 */
export const clientEnvironment = (endpointUrl: string, base: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  checkEndpoint(endpointUrl);
  const noProxy = withoutProxy(base.NO_PROXY ?? base.no_proxy);
  return {
    ...Object.fromEntries(Object.entries(base).filter(([name]) => !UNSAFE.test(name))),
    ...clientVariables(endpointUrl),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_NOTICES: 'false',
    CDK_DISABLE_VERSION_CHECK: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  };
};

/** What a person exports to use the endpoint in a shell. */
export const clientVariables = (endpointUrl: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpointUrl,
  AWS_ACCESS_KEY_ID: CLIENT_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CLIENT_CREDENTIALS.secretAccessKey,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: 'true',
});
