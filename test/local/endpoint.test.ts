import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEPLOYER } from '../../local/core/world';
import { type Endpoint, startEndpoint } from '../../local/endpoint';

let endpoint: Endpoint;
let ssm: SSMClient;
let sts: STSClient;

const clientOptions = ({ url, credentials }: Endpoint) => ({ endpoint: url, region: 'us-east-1', credentials });

beforeAll(async () => {
  endpoint = await startEndpoint();
  ssm = new SSMClient(clientOptions(endpoint));
  sts = new STSClient(clientOptions(endpoint));
});

afterAll(() => endpoint.close());

describe('the life of an endpoint', () => {
  test('it listens on the loopback interface', () => {
    expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('its state is removed when it stops, and stopping twice is fine', async () => {
    const other = await startEndpoint();
    expect(existsSync(other.world.directory)).toBe(true);
    const closing = other.close();
    expect(other.close()).toBe(closing);
    await closing;
    expect(existsSync(other.world.directory)).toBe(false);
  });

  test('its state can be removed though a service does not stop', async () => {
    const other = await startEndpoint();
    other.world.onClose(() => new Promise(() => undefined));
    void other.close();
    await other.discard();
    expect(existsSync(other.world.directory)).toBe(false);
  });

  test('fails to start without holding its folder', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'mine-'));
    const broken = {
      directory,
      get lambdaRuntime(): string {
        throw new Error('no runtime');
      },
    };
    await expect(startEndpoint(broken)).rejects.toThrow('no runtime');
    await (await startEndpoint({ directory })).close();
    await rm(directory, { recursive: true });
  });

  test('refuses a folder that holds something else, and leaves it alone', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'mine-'));
    await mkdir(join(directory, 'batch'));
    await expect(startEndpoint({ directory })).rejects.toThrow(
      `the folder for the state must be new, empty or hold the state of an endpoint, got '${directory}'`,
    );
    expect(await readdir(directory)).toEqual(['batch']);
    await rm(directory, { recursive: true });
  });

  test('services are told to stop, last first', async () => {
    const stopped: string[] = [];
    const other = await startEndpoint();
    other.world.onClose(() => void stopped.push('first'));
    other.world.onClose(() => void stopped.push('second'));
    await other.close();
    expect(stopped).toEqual(['second', 'first']);
  });

  test('fails on a port that is in use, by its number', async () => {
    const port = Number(new URL(endpoint.url).port);
    await expect(startEndpoint({ port })).rejects.toThrow(
      `port ${port} of 127.0.0.1 is in use; stop what listens there, or take another port`,
    );
  });

  test.each([-1, 65_536, 1.5, Number.NaN])('refuses the port %d', async (port) => {
    await expect(startEndpoint({ port })).rejects.toThrow(`'port' must be a whole number from 0 to 65535, got ${port}`);
  });
});

describe('parameters', () => {
  test.each(['hnb659fds', 'other'])(
    'the bootstrap stack with the qualifier %s counts as deployed',
    async (qualifier) => {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version` }));
      expect(Parameter).toMatchObject({ Value: '31', Type: 'String' });
    },
  );

  test('a parameter keeps its last value and counts versions', async () => {
    await ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'x', Type: 'String' }));
    await ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'y', Overwrite: true }));
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/a/b' }));
    expect(Parameter).toMatchObject({ Value: 'y', Version: 2, Type: 'String' });
    expect(Parameter?.LastModifiedDate).toBeInstanceOf(Date);
  });

  test('fails for a parameter that is not there', async () => {
    await expect(ssm.send(new GetParameterCommand({ Name: '/none' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  test('refuses to overwrite unless told to', async () => {
    await ssm.send(new PutParameterCommand({ Name: '/once', Value: 'x', Type: 'String' }));
    await expect(
      ssm.send(new PutParameterCommand({ Name: '/once', Value: 'y', Type: 'String' })),
    ).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  });
});

describe('identities', () => {
  test('a key that nobody issued is the deployer', async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    expect({ Account, Arn }).toEqual({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/deployer' });
  });

  const identityAfterAssuming = async (roleName: string) => {
    const RoleArn = `arn:aws:iam::000000000000:role/${roleName}`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }));
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now());
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
    const assumed = new STSClient({
      ...clientOptions(endpoint),
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    });
    return (await assumed.send(new GetCallerIdentityCommand({}))).Arn;
  };

  test('an assumed role is the caller of later calls', async () => {
    const trust = { Statement: { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' } };
    await endpoint.world.call({
      ...{ service: 'iam', operation: 'CreateRole', principal: DEPLOYER },
      input: { RoleName: 'Worker', AssumeRolePolicyDocument: JSON.stringify(trust) },
    });
    expect(await identityAfterAssuming('Worker')).toBe('arn:aws:sts::000000000000:assumed-role/Worker/me');
  });

  test('the deployer stays the deployer behind a role of the bootstrap stack', async () => {
    const role = 'cdk-hnb659fds-deploy-role-000000000000-us-east-1';
    expect(await identityAfterAssuming(role)).toBe('arn:aws:iam::000000000000:user/deployer');
  });

  test.each(['arn:aws:iam::111111111111:role/Worker', 'Worker'])('refuses to assume %s', async (RoleArn) => {
    const command = new AssumeRoleCommand({ RoleArn: RoleArn.padEnd(20, '-'), RoleSessionName: 'me' });
    await expect(sts.send(command)).rejects.toThrow(/role/i);
  });
});

describe('requests', () => {
  const send = (headers: Record<string, string>, body = '', path = '/', method = 'POST') =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const outgoing = request(endpoint.url, { method, path, headers }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode, body: text });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const scope = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=KEY/20261120/us-east-1/${service}/aws4_request, SignedHeaders=host`,
  });

  test.each([
    ['origin', 'http://example.com'],
    ['sec-fetch-site', 'cross-site'],
  ])('refuses web pages, which have the header %s: %s', async (name, value) => {
    const answer = await send({ ...scope('ssm'), [name]: value });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('web pages');
  });

  test('refuses a name that was rebound to this machine', async () => {
    expect(await send({ ...scope('ssm'), host: 'rebound.example.com:80' })).toMatchObject({ status: 403 });
  });

  test('refuses an unknown service by its name', async () => {
    const answer = await send({ ...scope('athena'), 'x-amz-target': 'AmazonAthena.StartQueryExecution' });
    expect(answer.status).toBe(501);
    expect(answer.body).toContain("the service 'athena'");
  });

  test('names the nearest thing that it has', async () => {
    const answer = await send({ ...scope('logs'), 'x-amz-target': 'Logs_20140328.StartQuery' }, '{}');
    expect(answer.body).toContain('logs:StartQuery; use FilterLogEvents');
  });

  test('refuses the key of a session that it did not issue', async () => {
    const { authorization } = scope('ssm');
    const headers = {
      authorization: authorization.replace('KEY', 'ASIAUNKNOWN'),
      'x-amz-target': 'AmazonSSM.GetParameter',
    };
    expect(await send(headers, '{}')).toMatchObject({ status: 403 });
  });

  test('refuses another region', async () => {
    const { authorization } = scope('ssm');
    const headers = {
      authorization: authorization.replace('us-east-1', 'eu-west-1'),
      'x-amz-target': 'AmazonSSM.GetParameter',
    };
    expect((await send(headers, '{}')).body).toContain('the region eu-west-1; it has us-east-1 only');
  });

  test('refuses an unknown operation by its name', async () => {
    const answer = await send({ ...scope('ssm'), 'x-amz-target': 'AmazonSSM.SendCommand' }, '{}');
    expect(answer.status).toBe(501);
    expect(answer.body).toContain('ssm:SendCommand');
    expect(answer.body).toContain('NotImplemented');
  });

  test.each([
    ['no JSON', 'ssm', '{'],
    ['a JSON list', 'ssm', '[]'],
    ['no target', 'ssm', '{}'],
    ['no action', 'sts', 'Version=1'],
    ['a parameter of absurd depth', 'sts', `Action=AssumeRole&${'a.'.repeat(100)}a=1`],
    ['a path that does not decode', 'lambda', ''],
  ])('fails on %s, and lives', async (_case, service, body) => {
    const { status } = await send(scope(service), body, service === 'lambda' ? '/2017-03-31/tags/%zz' : '/');
    expect(status === 400 || status === 501).toBe(true);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '000000000000' });
  });
});
