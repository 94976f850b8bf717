import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pageOf } from '../support/page';
import { EXPLANATIONS, explanationOf } from './explanations';
import { grantsOf } from '../support/grants';
import { iamPage, type Outcome } from './page';
import { check, prove } from './proof';
import { takeSnapshot } from './snapshot';
import { SUBJECTS } from './subjects';

const scratch = mkdtempSync(join(tmpdir(), 'prove-iam-'));
const snapshot = await takeSnapshot(SUBJECTS, scratch);
const subjects = SUBJECTS.map((subject) => {
  const grants = grantsOf(snapshot.templates.get(subject.stack));
  return { ...subject, grants, outcomes: new Array<Outcome | undefined>(grants.length).fill(undefined) };
});

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
  const outcomes = subjects.flatMap((subject) => subject.outcomes.filter((one) => one !== undefined));
  const proved = outcomes.filter(({ shown }) => 'route' in shown).length;
  const total = subjects.flatMap(({ grants }) => grants).length;
  process.stdout.write(`\n${total} actions, ${proved} proved, ${outcomes.length - proved} explained\n`);
});

describe.each(subjects)('$stack', (subject) => {
  const { stack, grants, outcomes } = subject;

  test('needs nothing that its template does not grant', async () => {
    expect(await check(snapshot, subject, join(scratch, stack, 'as it is'))).toEqual([]);
  });

  describe.concurrent('what it grants is needed', () => {
    test.each(grants.map(({ owner, action }, index) => ({ owner, action, index })))(
      '$owner $action ($index)',
      async ({ owner, action, index }) => {
        const grant = grants[index];
        const shown =
          (await prove(snapshot, subject, grant, join(scratch, stack, String(index)))) ?? explanationOf(grant);
        expect(shown, `nothing notices that ${owner} does not allow ${action}: drop it, or explain it`).toBeDefined();
        if (shown !== undefined) outcomes[index] = { grant, shown };
      },
    );
  });
});

describe('docs/iam.md', () => {
  const shownOf = ({ outcomes }: (typeof subjects)[number]) => outcomes.filter((one) => one !== undefined);

  test('holds no explanation that nobody needs', () => {
    const used = new Set(subjects.flatMap(shownOf).map(({ shown }) => shown));
    expect(EXPLANATIONS.filter((one) => !used.has(one))).toEqual([]);
  });

  test('says what was proved', async () => {
    const { expected, actual } = await pageOf(
      'iam.md',
      iamPage(new Map(subjects.map((one) => [one.stack, shownOf(one)]))),
    );
    expect(actual).toBe(expected);
  });
});
