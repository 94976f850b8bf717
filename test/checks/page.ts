import type { Check } from '../../lib/contracts/checks/check';
import { COMPUTE_CHECKS } from '../../lib/contracts/checks/compute';
import { FIT_CHECKS } from '../../lib/contracts/checks/fit';
import { JOB_CHECKS } from '../../lib/contracts/checks/job';
import { KEY_CHECKS } from '../../lib/contracts/checks/key';
import { PIPELINE_CHECKS } from '../../lib/contracts/checks/pipeline';
import { PLATFORM_CHECKS } from '../../lib/contracts/checks/platform';
import { QUEUE_CHECKS } from '../../lib/contracts/checks/queue';
import { table } from '../support/page';
import { isInTemplates, NOT_IN_TEMPLATES } from './templates';

interface Group {
  readonly title: string;
  readonly question: string;
  readonly checks: Readonly<Record<string, Check>>;
}

export const GROUPS: readonly Group[] = [
  { title: 'Fit', question: 'Can a job ever be placed on its queue?', checks: FIT_CHECKS },
  { title: 'Compute', question: 'Can AWS Batch create it, and can instances join?', checks: COMPUTE_CHECKS },
  { title: 'Queue', question: 'Does AWS Batch accept it, and does it serve its jobs?', checks: QUEUE_CHECKS },
  { title: 'Job', question: 'Does AWS Batch register it, and do its jobs start?', checks: JOB_CHECKS },
  { title: 'Pipeline', question: 'Can it submit what it is told to?', checks: PIPELINE_CHECKS },
  { title: 'Key', question: 'May services use it?', checks: KEY_CHECKS },
  { title: 'Platform', question: 'Do those who share it find it, and what it has?', checks: PLATFORM_CHECKS },
];

const INTRODUCTION = `# What is checked before a deployment

<!-- Made by test/checks from lib/contracts/checks; \`npm run docs\` writes it. -->

What follows is found when the app is synthesised, not by CloudFormation minutes later, and not by a job that waits in \`RUNNABLE\` for days. A
message tells what is wrong, what was given, what is allowed, what to do, the path of the construct, and the id of the check:

\`\`\`
'priority' must be a whole number from 0 to 1000, got 1001 (in Stack/Queue) [cdk-batch-platform:queue-priority]
\`\`\`

Errors stop the synthesis. Warnings are about what is wrong in most apps but not in all; who knows better says so, with the reason:

\`\`\`ts
import { Annotations } from 'aws-cdk-lib';

Annotations.of(platform).acknowledgeWarning('cdk-batch-platform:WARNING', 'why it is right here');
\`\`\`

An acknowledgement holds for the construct and all below it. Values that are known only at deploy time pass every check. The scalar ranges that
the CDK itself checks against the schemas of CloudFormation are not repeated here.

## In any app

What is not made of the constructs of this library can be checked as well: constructs of aws-cdk-lib or of another library, L1 resources, templates
that are included. One line adds the checks of this page that can be read from a template:

\`\`\`ts
import { Validations } from 'aws-cdk-lib';
import { BatchChecks } from 'cdk-batch-platform';

Validations.of(app).addPlugins(new BatchChecks());
\`\`\`

They run when all templates of the app are written, those of its stages and of nested stacks included, and stop the synthesis at an error. The
report names the check, the construct, the resource with its property, what was given, what is allowed and what to do. Who knows better says so:

\`\`\`ts
import { Validations } from 'aws-cdk-lib';

Validations.of(platform).acknowledge({ id: 'cdk-batch-platform::WARNING', reason: 'why it is right here' });
\`\`\`

Intrinsic functions and references are followed inside of a template; a parameter has its default there. What comes from another stack, or is known
at deploy time only, passes. The column *Template* says which checks these are, and of the others why a template does not tell.
`;

const linked = (source: string | undefined): string => (source === undefined ? 'this library' : `[AWS](${source})`);

const reasons: Readonly<Partial<Record<string, string>>> = NOT_IN_TEMPLATES;

const inTemplate = (id: string): string => (isInTemplates(id) ? 'yes' : `no: ${reasons[id] ?? ''}`);

const section = ({ title, question, checks }: Group): string => {
  const rows = Object.entries(checks).sort(([one], [other]) => (one < other ? -1 : 1));
  const cells = rows.map(([id, { level, rule, source }]) => [`\`${id}\``, level, rule, inTemplate(id), linked(source)]);
  return `## ${title}\n\n${question}\n\n${table(['Id', 'Level', 'What must hold', 'Template', 'Source'], cells)}\n`;
};

/** The page docs/checks.md. */
export function checksPage(): string {
  const warnings = GROUPS.flatMap(({ checks }) => Object.entries(checks)).filter(
    ([, { level }]) => level === 'warning',
  );
  const [first = 'id-of-the-check'] = warnings.map(([id]) => id).sort();
  return [INTRODUCTION.replaceAll('WARNING', first), ...GROUPS.map(section)].join('\n');
}
