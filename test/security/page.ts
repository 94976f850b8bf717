import { type Acknowledgement, ACKNOWLEDGEMENTS } from '../../lib/contracts/acknowledgements';
import { table } from '../support/page';

const INTRODUCTION = `# What security scanners find, and why it stands

<!-- Made by test/security from lib/contracts/acknowledgements.ts; \`npm run docs\` writes it. -->

The packs AwsSolutions, HIPAA Security, NIST 800-53 R5, PCI DSS 3.2.1 and Serverless of cdk-nag 3 run in the tests over the app of \`bin/\`, all
examples, and an isolated and a public network with a platform; of the example of CDK Pipelines, the pipeline itself is of aws-cdk-lib and is left out.
What they find and what can be mended is mended. The rest is below: the library acknowledges it itself, at the narrowest construct
that has it, so that a run of yours is clean as well:

\`\`\`ts
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
\`\`\`

Acknowledgements are metadata of constructs: they change no template, and need no scanner. Ids of wildcards name the very resource
(\`AwsSolutions-IAM5[Resource::<Bucket.Arn>/submissions/*]\`), so what you add to a role of the library is still found. What is found in
parts that are yours, such as the inline policy of a state machine, is yours to acknowledge.

`;

const rulesOf = ({ rules }: Acknowledgement): string =>
  Object.entries(rules)
    .map(([rule, packs]) => `\`${rule}\` (${packs.join(', ')})`)
    .join(', ');

/** The page docs/security-findings.md. */
export function securityFindingsPage(): string {
  const rows: readonly (readonly [string, Acknowledgement])[] = Object.entries(ACKNOWLEDGEMENTS);
  const cells = rows.map(([name, row]) => [`\`${name}\``, rulesOf(row), `${row.reason} [AWS](${row.evidence})`]);
  return INTRODUCTION + table(['About', 'Rules', 'Why it stands'], cells) + '\n';
}
