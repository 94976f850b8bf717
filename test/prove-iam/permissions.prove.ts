import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pageOf } from '../support/page';
import { EXPLANATIONS, explanationOf } from './explanations';
import { type Grant, grantsOf } from '../support/grants';
import { iamPage, type Outcome } from './page';
import { check, prove, unnoticed } from './proof';
import { takeSnapshot } from './snapshot';
import type { Subject } from './subject';
import { SUBJECTS } from './subjects';

const scratch = mkdtempSync(join(tmpdir(), 'prove-iam-'));
const snapshot = await takeSnapshot(SUBJECTS, scratch);

interface Proving extends Subject {
  readonly grants: readonly Grant[];
  readonly outcomes: (Outcome | undefined)[];
}

/** Grants that have an explanation and that nothing notices are explained; all others are proved one by one. */
const subjects: Proving[] = [];
for (const subject of SUBJECTS) {
  const grants = grantsOf(snapshot.templates.get(subject.stack));
  const candidates = grants.filter((grant) => explanationOf(grant) !== undefined);
  const explained = await unnoticed(snapshot, subject, candidates, join(scratch, `${subject.stack} without`));
  const outcomes = grants.map((grant): Outcome | undefined => {
    const shown = explained.has(grant) ? explanationOf(grant) : undefined;
    return shown && { grant, shown };
  });
  subjects.push({ ...subject, grants, outcomes });
}

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
    expect(await check(snapshot, subject, join(scratch, `${stack} as it is`))).toEqual([]);
  });

  describe.concurrent('what it grants is needed', () => {
    const unproved = grants.flatMap((grant, index) => (outcomes[index] === undefined ? [{ ...grant, index }] : []));
    test.each(unproved)('$owner $action ($index)', async ({ owner, action, index }) => {
      const grant = grants[index];
      const shown = await prove(snapshot, subject, grant, join(scratch, `${stack} ${index}`));
      expect(shown, `nothing notices that ${owner} does not allow ${action}: drop it, or explain it`).toBeDefined();
      if (shown !== undefined) outcomes[index] = { grant, shown };
    });
  });
});

describe('docs/iam.md', () => {
  const shownOf = ({ outcomes }: Proving) => outcomes.filter((one) => one !== undefined);

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
