import { identityStatements } from './policies';

/** Actions that take no resource but `*`, by the Service Authorization Reference. */
export const ONLY_EVERYTHING: ReadonlySet<string> = new Set([
  'batch:DescribeComputeEnvironments',
  'batch:DescribeJobDefinitions',
  'batch:DescribeJobQueues',
  'batch:DescribeJobs',
  'batch:ListJobs',
  'ec2:DescribeTags',
  'ecr:GetAuthorizationToken',
  'ecs:DiscoverPollEndpoint',
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);

/** Where a part of a resource cannot be known when the policy is written. */
const OPEN_ENDED: readonly { readonly resource: RegExp; readonly why: string }[] = [
  { resource: /^(\$\{\w+\.Arn\}|arn:[^*]*:s3:::[^*/]+)\/./, why: 'objects of one bucket' },
  { resource: /:batch:[^*]*:job\/\*$/, why: 'jobs get their ids from AWS Batch' },
  { resource: /:job-definition\/[^*]+:\*$/, why: 'any revision of one job definition' },
  {
    resource: /:ecs:[^*]*:(cluster|container-instance|task)\/\*$/,
    why: 'AWS Batch makes clusters, ECS what is in them',
  },
  { resource: /:ecr:[^*]*:repository\/\*$/, why: 'images of jobs that are defined elsewhere' },
  { resource: /:logs:[^*]*:log-group:[^*]+:\*$/, why: 'log streams of one log group' },
];

/** Why an action may stand on a resource with an open end; undefined for one without, and for one that must not be. */
export const wildcardReason = (action: string, resource: string): string | undefined => {
  if (!resource.includes('*')) return undefined;
  if (resource === '*') return ONLY_EVERYTHING.has(action) ? 'the action takes no narrower resource' : undefined;
  return OPEN_ENDED.find((pattern) => pattern.resource.test(resource))?.why;
};

/** What the template's policies allow on more than is needed, as `policy: action on resource`. */
export const wildcards = (template: unknown): readonly string[] =>
  identityStatements(template).flatMap(({ owner, actions, resources }) =>
    resources
      .filter((resource) => resource.includes('*'))
      .flatMap((resource) =>
        actions
          .filter((action) => wildcardReason(action, resource) === undefined)
          .map((action) => `${owner}: ${action} on ${resource}`),
      ),
  );
