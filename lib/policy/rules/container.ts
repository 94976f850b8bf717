import { PlatformCapability } from '../../compute/compute-environment';
import {
  containerSeconds,
  EPHEMERAL_GIBIBYTES,
  FIRELENS_DRIVER,
  isContainerName,
  LOG_DRIVERS_ON_FARGATE,
  looksSecret,
  MAX_CONTAINERS,
  SWAPPINESS,
  variableNameProblem,
} from '../../contracts/rules/container';
import { fargateSizesInWords, isCount, isFargateSize, isMemory } from '../../contracts/rules/job';
import { requirementOf, sizeOf } from '../model/container-size';
import { podsOf, type Task, tasksOf } from '../model/job-definition';
import { counted, distinct, type Finding, given, matching, rulesOf, type TemplateRule, unless, within } from '../rule';
import type { Template, Value } from '../template/template';

const task = rulesOf(tasksOf);
const container = rulesOf((template) =>
  tasksOf(template).flatMap((one) => one.containers.map((properties) => ({ task: one, properties }))),
);
const variables = rulesOf(variablesOf);

interface TaskContainer {
  readonly task: Task;
  readonly properties: Value;
}

/** Can ECS place and start the containers of a job, and is what they have theirs alone? @internal */
export const CONTAINER_RULES: readonly TemplateRule[] = [
  container('job-size', 'ask for whole vCPUs, at least 4 MiB, and whole GPUs', size),
  task('job-fargate-size', 'ask for a pair that Fargate offers', fargateSize),
  task('job-ephemeral-storage', 'give 21 to 200 GiB, or leave it out for 20', ({ properties }) => [
    within(properties.at('EphemeralStorage', 'SizeInGiB'), EPHEMERAL_GIBIBYTES),
  ]),
  task('job-fargate-only', 'leave it out on EC2', fargateOnly),
  task(
    'job-private-address',
    'leave AssignPublicIp out, and give the subnets a way out by NAT or VPC endpoints',
    ({ properties }) => [
      matching(properties.at('NetworkConfiguration', 'AssignPublicIp'), (text) => text !== 'ENABLED'),
    ],
  ),
  container('job-memory-size', 'give whole MiB', memorySizes),
  container('job-swap', 'give 0 to 100, and MaxSwap with it', swap),
  variables('job-environment-name', 'choose another name', names),
  variables(
    'job-plain-secret',
    'name it in Secrets, by its place in Secrets Manager or the Parameter Store',
    function* ({ environment }) {
      for (const { name, value } of environment) {
        if (name.text === undefined || value.text === undefined || !looksSecret(name.text, value.text)) continue;
        yield { at: value, message: name.shown };
      }
    },
  ),
  container('job-root-user', 'name another user', ({ properties }) => [
    matching(properties.at('User'), (user) => !/^(root|0)(:|$)/.test(user)),
  ]),
  container('job-log-driver', `use ${LOG_DRIVERS_ON_FARGATE.join(', ')}`, ({ task: { platform }, properties }) => [
    platform === PlatformCapability.FARGATE
      ? matching(properties.at('LogConfiguration', 'LogDriver'), (driver) => LOG_DRIVERS_ON_FARGATE.includes(driver))
      : undefined,
  ]),
  container('job-log-group', "give LogConfiguration with the option 'awslogs-group'", logGroup),
  container('job-execute-command', 'leave ReadonlyRootFilesystem out', ({ task: { properties: all }, properties }) => {
    const readonly = properties.at('ReadonlyRootFilesystem');
    return [unless(all.at('EnableExecuteCommand').flag !== true || readonly.flag !== true, readonly)];
  }),
  task('job-container-count', `have 1 to ${MAX_CONTAINERS} containers`, ({ properties }) => {
    const containers = properties.at('Containers');
    return [containers.isAbsent ? undefined : counted(containers, [1, MAX_CONTAINERS])];
  }),
  task('job-container-name', 'give each container a name of its own', ({ containers }) => {
    const all = containers.map((one) => one.at('Name'));
    return [...all.map((name) => matching(name, isContainerName)), ...distinct(all)];
  }),
  task('job-essential-container', 'let one container be essential', ({ properties, containers }) => [
    unless(
      containers.some((one) => one.at('Essential').flag !== false) || containers.length === 0,
      properties.at('Containers'),
    ),
  ]),
  task('job-firelens', 'let one other container route the lines', firelens),
  container(
    'job-container-timeout',
    'give at least 2 seconds, at most 120 on Fargate',
    ({ task: { platform }, properties }) =>
      ['StartTimeout', 'StopTimeout'].map((name) =>
        within(properties.at(name), containerSeconds(platform === PlatformCapability.FARGATE)),
      ),
  ),
];

function* size({ task: { platform }, properties }: TaskContainer): Iterable<Finding | undefined> {
  if (platform === undefined || platform === PlatformCapability.FARGATE) return;
  const numbers = (at: Value | undefined, isAllowed: (number: number) => boolean): Finding | undefined =>
    at?.number === undefined ? undefined : unless(isAllowed(at.number), at);
  yield numbers(requirementOf(properties, 'VCPU') ?? properties.at('Vcpus'), isCount);
  yield numbers(requirementOf(properties, 'MEMORY') ?? properties.at('Memory'), isMemory);
  yield numbers(requirementOf(properties, 'GPU'), isCount);
}

/** Fargate counts all containers together. */
function* fargateSize({ platform, containers, properties }: Task): Iterable<Finding> {
  if (platform !== PlatformCapability.FARGATE) return;
  const sizes = containers.map(sizeOf);
  const [vcpus, memory] = [sum(sizes.map((one) => one.vcpus)), sum(sizes.map((one) => one.memoryMiB))];
  if (vcpus === undefined || memory === undefined || isFargateSize(vcpus, memory)) return;
  const at = containers.length === 1 ? containers[0].at('ResourceRequirements') : properties.at('Containers');
  yield { at, message: `it has ${vcpus} vCPU with ${memory} MiB, and ${fargateSizesInWords(vcpus)}` };
}

const sum = (numbers: readonly (number | undefined)[]): number | undefined =>
  numbers.reduce((total, number) => (total === undefined || number === undefined ? undefined : total + number), 0);

function fargateOnly({ platform, properties, platformVersion }: Task): (Finding | undefined)[] {
  if (platform !== PlatformCapability.EC2) return [];
  const only = [
    properties.at('EphemeralStorage'),
    properties.at('NetworkConfiguration', 'AssignPublicIp'),
    platformVersion,
  ];
  return only.map((value) => unless(value.isAbsent, value));
}

function memorySizes({ properties }: TaskContainer): (Finding | undefined)[] {
  const linux = properties.at('LinuxParameters');
  return [
    within(linux.at('SharedMemorySize'), [1, Infinity]),
    within(linux.at('MaxSwap'), [0, Infinity]),
    ...(linux.at('Tmpfs').items ?? []).map((one) => within(one.at('Size'), [1, Infinity])),
  ];
}

function swap({ properties }: TaskContainer): (Finding | undefined)[] {
  const swappiness = properties.at('LinuxParameters', 'Swappiness');
  const hasSwap = !properties.at('LinuxParameters', 'MaxSwap').isAbsent;
  return [within(swappiness, SWAPPINESS), unless(swappiness.isAbsent || hasSwap, swappiness, 'without MaxSwap')];
}

interface Variable {
  readonly name: Value;
  readonly value: Value;
}

/** What containers find in their environment, those of pods included. */
function variablesOf(
  template: Template,
): { readonly environment: readonly Variable[]; readonly secrets: readonly Value[] }[] {
  const ofTasks = tasksOf(template).flatMap(({ containers }) => containers);
  const ofPods = podsOf(template).flatMap(({ containers, initContainers }) => [...initContainers, ...containers]);
  return [...ofTasks.map((one) => [one, 'Environment'] as const), ...ofPods.map((one) => [one, 'Env'] as const)].map(
    ([properties, list]) => ({
      environment: (properties.at(list).items ?? []).map((one) => ({ name: one.at('Name'), value: one.at('Value') })),
      secrets: (properties.at('Secrets').items ?? []).map((one) => one.at('Name')),
    }),
  );
}

function* names(variables: ReturnType<typeof variablesOf>[number]): Iterable<Finding | undefined> {
  const all = [...variables.environment.map(({ name }) => name), ...variables.secrets];
  for (const name of all) {
    const problem = name.text === undefined ? undefined : variableNameProblem(name.text);
    yield problem === undefined ? undefined : { at: name, message: problem };
  }
  yield* distinct(all);
}

/** Other drivers than that of CloudWatch have places of their own. */
function* logGroup({ properties }: TaskContainer): Iterable<Finding | undefined> {
  const log = properties.at('LogConfiguration');
  if (log.isAbsent) yield given(log);
  const group = log.at('Options', 'awslogs-group');
  if (log.at('LogDriver').text === 'awslogs' && group.isAbsent) yield given(group);
}

function* firelens({ containers }: Task): Iterable<Finding> {
  const routers = containers.filter((one) => !one.at('FirelensConfiguration').isAbsent);
  yield* routers.slice(1).map((one) => given(one.at('FirelensConfiguration'), 'beside that of another container'));
  for (const one of containers) {
    const driver = one.at('LogConfiguration', 'LogDriver');
    if (driver.text === FIRELENS_DRIVER && (routers.length === 0 || routers.includes(one))) yield given(driver);
  }
}
