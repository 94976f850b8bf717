import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clientEnvironment } from '../../local/environment';

const URL_OF_ENDPOINT = 'http://127.0.0.1:4000';

describe('the environment of clients', () => {
  test('names the endpoint, and credentials that belong to nobody', () => {
    expect(clientEnvironment(URL_OF_ENDPOINT, {})).toMatchObject({
      AWS_ENDPOINT_URL: URL_OF_ENDPOINT,
      AWS_ACCESS_KEY_ID: 'CDKBATCHPLATFORMLOCAL',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });

  test.each([
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL_S3',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'CDK_DEFAULT_ACCOUNT',
    'CDK_DEFAULT_REGION',
    'CDK_PROFILE',
  ])('drops %s', (name) => {
    expect(clientEnvironment(URL_OF_ENDPOINT, { [name]: 'theirs' })).not.toHaveProperty(name);
  });

  test('keeps everything else', () => {
    expect(clientEnvironment(URL_OF_ENDPOINT, { PATH: '/bin', CDK_OUTDIR: 'out' })).toMatchObject({
      PATH: '/bin',
      CDK_OUTDIR: 'out',
    });
  });

  test('reaches the endpoint past a proxy', () => {
    const { NO_PROXY } = clientEnvironment(URL_OF_ENDPOINT, { HTTP_PROXY: 'http://proxy', no_proxy: 'intern, ' });
    expect(NO_PROXY).toBe('intern,127.0.0.1,localhost');
  });

  test('keeps the CDK CLI from sending telemetry', async () => {
    const cdk = resolve(import.meta.dirname, '../../node_modules/aws-cdk/bin/cdk');
    const environment = clientEnvironment(URL_OF_ENDPOINT, process.env);
    const options = { env: environment, cwd: join(import.meta.dirname, '..') };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cdk, 'cli-telemetry', '--status'], options);
    expect(stdout + stderr).toContain('CLI Telemetry is disabled');
  });

  test.each([
    'https://127.0.0.1:4000',
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1:4000',
    'http://127.0.0.1@example.com',
    'https://s3.amazonaws.com',
    '127.0.0.1:4000',
    '',
  ])('refuses the endpoint %j', (url) => {
    expect(() => clientEnvironment(url, {})).toThrow('the endpoint must be http on this machine');
  });
});
