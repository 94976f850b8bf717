import { table } from '../support/page';
import { type NamedChange, namedChanges, versionOf } from './compare';
import { EDITS_IN_PLACE, EDITS_THAT_REPLACE, EDITS_WITH_REVISIONS, type EditOfPlatform } from './edits';

const INTRODUCTION = `# What a change does

<!-- Made by test/changes from two versions of a platform and the schema of CloudFormation; \`npm run docs\` writes it. -->

CloudFormation changes a resource in place, or replaces it: creates another one and deletes the old. For a queue that is the end of the jobs in
it, for a compute environment the end of the jobs on it. The tables below are the outcome of synthesising a platform twice, before and after
the edit, and of looking up each property that differs in the published schema (\`@aws-cdk/aws-service-spec\`). A test holds them, and another one
deploys the edits to the [local endpoint](local.md) and compares what was there before and after.

The platform has two compute environments on EC2, \`Spot\` and \`OnDemand\`, one on \`Fargate\`, the queue \`Research\` with the scheduling policy \`Shares\`, the queue
\`Small\`, and the jobs \`Render\` and \`Report\`.`;

const IN_PLACE = `## In place

Nothing here is ever replaced. Where a change concerns the instances (\`InstanceTypes\`, \`LaunchTemplate\`, \`SecurityGroupIds\`, ...), AWS Batch starts new ones
and lets jobs on the old ones run on, for 30 minutes unless \`updateTimeout\` says otherwise. Tags of the app or the stack do not reach the resources of
AWS Batch, which CloudFormation would replace.`;

const REVISIONS = `## A new revision

A job definition is never changed, it gets another revision. The old one stays active: jobs that wait or run, and callers that
name it, go on with it. Those who submit by name get the new one.`;

const REPLACES = `## Something new in its place

CloudFormation knows no other way here. On Fargate it could be told one, but AWS Batch refuses every update of a compute environment on Fargate that
carries \`ReplaceComputeEnvironment\`, a bigger \`maxvCpus\` included.`;

const codes = (values: readonly string[]): string => [...new Set(values)].map((value) => `\`${value}\``).join(', ');

const inCell = ({ name, effect, paths }: NamedChange): string =>
  `\`${name}\` **${effect}**${paths.length === 0 ? '' : ` by ${codes(paths)}`}`;

/** The page docs/changes.md. */
export function changesPage(): string {
  const version1 = versionOf();
  const tableOf = (edits: readonly EditOfPlatform[]): string =>
    table(
      ['Edit', 'What changes'],
      edits.map(({ title, edit }) => {
        const changes = namedChanges(version1, versionOf(edit));
        return [title, changes.length === 0 ? 'nothing of AWS Batch' : changes.map(inCell).join('<br>')];
      }),
    );
  return [
    INTRODUCTION,
    IN_PLACE,
    tableOf(EDITS_IN_PLACE),
    REVISIONS,
    tableOf(EDITS_WITH_REVISIONS),
    REPLACES,
    tableOf(EDITS_THAT_REPLACE),
  ].join('\n\n');
}
