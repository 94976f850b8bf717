import { table } from '../support/page';
import type { Area } from './area';
import type { LeftOut } from './decide';
import type { Surface } from './measure';

const typeOf = (path: string): string => path.slice(0, path.indexOf(' '));
const codeOf = (path: string): string => `\`${path.replace('AWS::Batch::', '')}\``;

/** The page docs/surface.md. */
export function surfacePage(
  { all, reached, borrowed }: Surface,
  areas: readonly Area[],
  leftOut: readonly LeftOut[],
): string {
  const types = [...new Set(all.map(typeOf))].map((type) => {
    const paths = all.filter((path) => typeOf(path) === type);
    return [`\`${type}\``, String(paths.length), String(paths.filter((path) => reached.has(path)).length)];
  });
  const own = areas.filter(({ isBorrowed }) => isBorrowed !== true).map(({ name }) => name);
  return `# How much of AWS Batch the constructs reach

<!-- Made by test/surface; \`npm run docs\` writes it, \`npm run surface\` prints the figures. -->

CloudFormation knows ${all.length} property paths of the seven types of AWS Batch (\`@aws-cdk/aws-service-spec\`). The constructs of this library reach **${reached.size}** of them,
${borrowed.size} of those through \`ConsumableResource\` of aws-cdk-lib, which jobs take as it is. A path counts when it occurs in a template that our
constructs synthesise, without an L1 or an escape hatch; test/surface has the apps, one for each of: ${own.join(', ')}.

${table(['Type', 'Paths', 'Reached'], types)}

## Left out

A test fails when a path is neither reached nor stands here, as after an update of the specification, and when one that stands here is reached after all.
A path stands for all below it. What you need nevertheless can be set by \`node.defaultChild\`, as on any construct of the CDK.

${table(
  ['Path', 'Why'],
  leftOut.map(({ path, reason }) => [codeOf(path), reason]),
)}
`;
}
