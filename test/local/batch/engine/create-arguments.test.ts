import { describe, expect, test } from 'vitest';
import { readContainer } from '../../../../local/batch/container-properties';
import {
  type ContainerPlan,
  createArguments,
  hiddenVariables,
  taskVolumes,
} from '../../../../local/batch/engine/create-arguments';
import { Reader } from '../../../../local/core/reader';
import type { Input } from '../../../../local/core/service';

const SIZE = [
  { type: 'VCPU', value: '2' },
  { type: 'MEMORY', value: '512' },
];

const containerOf = (properties: Input) =>
  readContainer(
    new Reader({ image: 'team/tool:1', command: ['run', 'it'], resourceRequirements: SIZE, ...properties }),
    ['EC2'],
  );

const argumentsOf = (properties: Input, more: Partial<ContainerPlan> = {}, engine: 'docker' | 'podman' = 'docker') =>
  createArguments(engine, {
    container: containerOf(properties),
    ...{ taskId: 'task', isFargate: false, environment: {}, gpus: [], label: 'by=me' },
    ...more,
  }).join(' ');

const FRAME = 'create --name batch-task-default --label by=me --pull never --network host --log-driver json-file';
const LIMITS = '--cpu-shares 2048 --memory 512m --memory-swap 512m';

/** By `docker run` in the pages of RegisterJobDefinition, ContainerProperties and LinuxParameters. */
test.each<[string, Input, string]>([
  ['image, command and size', {}, ''],
  ['user', { user: '1000:1000' }, '--user 1000:1000'],
  ['privileged', { privileged: true }, '--privileged'],
  ['readonlyRootFilesystem', { readonlyRootFilesystem: true }, '--read-only'],
  ['ulimits', { ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 2048 }] }, '--ulimit nofile=1024:2048'],
  ['initProcessEnabled', { linuxParameters: { initProcessEnabled: true } }, '--init'],
  ['sharedMemorySize', { linuxParameters: { sharedMemorySize: 64 } }, '--shm-size 64m'],
  [
    'tmpfs',
    { linuxParameters: { tmpfs: [{ containerPath: '/t', size: 16, mountOptions: ['noexec', 'mode=700'] }] } },
    '--tmpfs /t:noexec,mode=700,size=16m',
  ],
  [
    'devices',
    {
      linuxParameters: {
        devices: [
          { hostPath: '/dev/a' },
          { hostPath: '/dev/b', containerPath: '/dev/c', permissions: ['READ', 'MKNOD'] },
        ],
      },
    },
    '--device /dev/a:/dev/a:rwm --device /dev/b:/dev/c:rm',
  ],
  [
    'volumes of the host',
    {
      volumes: [{ name: 'data', host: { sourcePath: '/srv/data' } }],
      mountPoints: [
        { sourceVolume: 'data', containerPath: '/data' },
        { sourceVolume: 'data', containerPath: '/fixed', readOnly: true },
      ],
    },
    '--volume /srv/data:/data --volume /srv/data:/fixed:ro',
  ],
  [
    'volumes of the task',
    { volumes: [{ name: 'scratch' }], mountPoints: [{ sourceVolume: 'scratch', containerPath: '/s' }] },
    '--volume batch-task-scratch:/s',
  ],
  ['runtimePlatform', { runtimePlatform: { cpuArchitecture: 'ARM64' } }, '--platform linux/arm64'],
])('an engine is told of %s', (_, properties, expected) => {
  const options = [FRAME, LIMITS, ...(expected === '' ? [] : [expected])].join(' ');
  expect(argumentsOf(properties)).toBe(`${options} -- team/tool:1 run it`);
});

describe('an engine is told of', () => {
  test('swap, and of swappiness only with it', () => {
    const swapping = argumentsOf({ linuxParameters: { maxSwap: 256, swappiness: 10 } });
    expect(swapping).toContain('--memory 512m --memory-swap 768m --memory-swappiness 10');
    expect(argumentsOf({ linuxParameters: { swappiness: 10 } })).not.toContain('swappiness');
  });

  test('a limit of vCPUs on Fargate', () => {
    expect(argumentsOf({}, { isFargate: true })).toContain('--cpus 2 --memory 512m');
  });

  test('variables, whatever they hold', () => {
    const args = createArguments('docker', {
      container: containerOf({}),
      ...{ taskId: 'task', isFargate: false, gpus: [], label: 'by=me' },
      environment: { A: 'b=c d\n"e"' },
    });
    expect(args).toContain('A=b=c d\n"e"');
  });

  test('secrets and credentials by the names of their variables only', () => {
    const secrets = [{ name: 'PASSWORD', valueFrom: 'password' }];
    const hidden = { PASSWORD: 'p', AWS_ACCESS_KEY_ID: 'k', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' };
    const plan = { container: containerOf({ secrets }), environment: { A: 'b', ...hidden } };
    const names = Object.keys(hidden).map((name) => `--env ${name}`);
    expect(argumentsOf({ secrets }, plan)).toContain(`--env A=b ${names.join(' ')} -- `);
    expect(hiddenVariables({ ...plan, taskId: 'task', isFargate: false, gpus: [], label: 'by=me' })).toEqual(hidden);
  });

  test('GPUs by their numbers, each engine in its own way', () => {
    expect(argumentsOf({}, { gpus: [0, 2] })).toContain('--gpus "device=0,2"');
    expect(argumentsOf({}, { gpus: [0, 2] }, 'podman')).toContain(
      '--device nvidia.com/gpu=0 --device nvidia.com/gpu=2',
    );
  });
});

test('the volumes of a task are those that no folder of the host is', () => {
  const volumes = [{ name: 'a' }, { name: 'b', host: {} }, { name: 'c', host: { sourcePath: '/c' } }];
  expect(taskVolumes([containerOf({ volumes }), containerOf({ volumes })], 'task')).toEqual([
    'batch-task-a',
    'batch-task-b',
  ]);
});

test.each<[string, Input, string, string]>([
  [
    'volumes of Amazon EFS',
    {
      volumes: [{ name: 'shared', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
      mountPoints: [{ sourceVolume: 'shared', containerPath: '/s' }],
    },
    'NotImplemented',
    'does not support volumes of Amazon EFS in a container; a volume with a host path is mounted',
  ],
  [
    'Windows',
    { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } },
    'NotImplemented',
    'does not support containers of WINDOWS_SERVER_2022_CORE',
  ],
  [
    'a secret that an engine would take for its own',
    { secrets: [{ name: 'DOCKER_HOST', valueFrom: 'password' }] },
    'NotImplemented',
    'a secret in the variable DOCKER_HOST, which engines of containers read themselves; give the variable another name',
  ],
  ['what it does not know', { linuxParameters: { sysctls: [] } }, 'NotImplemented', "'sysctls' of linuxParameters"],
  [
    'a mount without its volume',
    { mountPoints: [{ sourceVolume: 'none', containerPath: '/n' }] },
    'ClientException',
    "'mountPoints' names the volume 'none', which is not there",
  ],
])('%s is refused by name', (_, properties, code, message) => {
  const refused = () => argumentsOf(properties);
  expect(refused).toThrow(message);
  expect(refused).toThrow(expect.objectContaining({ code }));
});
