import type { Input } from '../../core/service';
import type { World } from '../../core/world';
import { arnIn, type Need, type NeedsOf, passRole, recordIn, recordsIn, tagContext, textIn, textsIn } from './need';

/** Resources by the member that names them. */
const NAMED: readonly (readonly [member: string, kind: string])[] = [
  ['computeEnvironment', 'compute-environment/'],
  ['computeEnvironmentName', 'compute-environment/'],
  ['jobQueue', 'job-queue/'],
  ['jobQueueName', 'job-queue/'],
  ['jobDefinition', 'job-definition/'],
  ['jobDefinitionName', 'job-definition/'],
  ['consumableResource', 'consumable-resource/'],
  ['consumableResourceName', 'consumable-resource/'],
  ['serviceEnvironment', 'service-environment/'],
  ['serviceEnvironmentName', 'service-environment/'],
  ['jobId', 'job/'],
];

const resourceOf = (input: Input, world: World): string => {
  const given = textIn(input, 'resourceArn') || textIn(input, 'arn') || textIn(input, 'quotaShareArn');
  if (given !== '') return given;
  const [member, kind] = NAMED.find(([name]) => textIn(input, name) !== '') ?? ['', ''];
  if (kind !== '') return arnIn(world, 'batch', kind, textIn(input, member));
  const name = textIn(input, 'name');
  return name === '' ? '*' : world.arn('batch', `scheduling-policy/${name}`);
};

const submit = (input: Input, world: World): readonly Need[] => {
  const tags = recordIn(input, 'tags');
  return [
    {
      action: 'batch:SubmitJob',
      resources: [
        arnIn(world, 'batch', 'job-queue/', textIn(input, 'jobQueue')),
        arnIn(world, 'batch', 'job-definition/', textIn(input, 'jobDefinition')),
      ],
      context: { 'batch:ShareIdentifier': textIn(input, 'shareIdentifier') || undefined, ...tagContext(tags) },
    },
    ...(Object.keys(tags).length === 0
      ? []
      : [{ action: 'batch:TagResource', resources: [world.arn('batch', 'job/*')], context: tagContext(tags) }]),
  ];
};

/** The containers of a job definition, wherever they are. */
const rolesOf = (input: Input): readonly string[] => {
  const container = recordIn(input, 'containerProperties');
  const tasks = recordsIn(recordIn(input, 'ecsProperties'), 'taskProperties');
  const nodes = recordsIn(recordIn(input, 'nodeProperties'), 'nodeRangeProperties').flatMap((range) => [
    recordIn(range, 'container'),
    ...recordsIn(recordIn(range, 'ecsProperties'), 'taskProperties'),
  ]);
  const names = ['jobRoleArn', 'taskRoleArn', 'executionRoleArn'];
  return [...new Set([container, ...tasks, ...nodes].flatMap((each) => names.map((name) => textIn(each, name))))];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html */
export const batchNeeds: NeedsOf = (operation, input, world) => {
  const bulk = /^(Cancel|Terminate)Jobs$/.exec(operation)?.at(1);
  if (operation === 'SubmitJob') return submit(input, world);
  if (bulk !== undefined) {
    return textsIn(input, 'jobs').map((id) => ({
      action: `batch:${bulk}Job`,
      resources: [world.arn('batch', `job/${id}`)],
    }));
  }
  const needs = [
    {
      action: `batch:${operation}`,
      resources: [resourceOf(input, world)],
      context: tagContext(recordIn(input, 'tags')),
    },
  ];
  if (/^(Describe|List)/.test(operation) && !/^ListTags|^ListQuota|^DescribeQuota/.test(operation)) {
    return [{ action: `batch:${operation}`, resources: ['*'] }];
  }
  return operation === 'RegisterJobDefinition'
    ? [...needs, ...passRole('ecs-tasks.amazonaws.com', ...rolesOf(input))]
    : needs;
};
