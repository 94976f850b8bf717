import { Validations } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Acknowledgement, ACKNOWLEDGEMENTS } from '../../lib/contracts/acknowledgements';
import { pageOf } from '../support/page';
import { appOf, ENTRIES, NETWORKS, synthesize, unacknowledgedAppOf } from './apps';
import { acknowledgementsIn, covers, type Finding, findingsIn, packsOf } from './findings';
import { securityFindingsPage } from './page';

const APPS = [...ENTRIES, ...NETWORKS];

const ROWS: readonly (readonly [string, Acknowledgement])[] = Object.entries(ACKNOWLEDGEMENTS);

/** Ids of the rules of a row, without what single findings have between brackets. */
const idsOf = ({ rules }: Acknowledgement): string[] =>
  Object.entries(rules).flatMap(([rule, packs]) => packs.map((pack) => `${pack}-${rule}`));
const ruleOf = ({ id }: Finding): string => id.replace(/\[.*$/, '');

const open = new Map<string, readonly Finding[]>();
const acknowledged = new Map<string, readonly Finding[]>();
const raw = new Map<string, readonly Finding[]>();
const templates = new Map<string, readonly (readonly unknown[])[]>();

beforeAll(async () => {
  for (const entry of APPS) {
    const app = await appOf(entry);
    const ours = synthesize(app);
    open.set(entry, findingsIn(app));
    acknowledged.set(entry, acknowledgementsIn(app));
    const without = await unacknowledgedAppOf(entry);
    raw.set(entry, findingsIn(without));
    templates.set(entry, [ours, synthesize(without)]);
  }
}, 120_000);

const all = (findings: ReadonlyMap<string, readonly Finding[]>): Finding[] => [...findings.values()].flat();

describe.each(APPS)('%s', (entry) => {
  test('has no finding of AwsSolutions, HIPAA, NIST 800-53, PCI DSS or Serverless that is not acknowledged', () => {
    expect(open.get(entry)).toEqual([]);
    expect(raw.get(entry)?.length).toBeGreaterThan(0);
  });

  test('acknowledges nothing that is not in the table', () => {
    const known = ROWS.flatMap(([, row]) => idsOf(row));
    expect(acknowledged.get(entry)?.filter((one) => !known.includes(ruleOf(one)))).toEqual([]);
  });

  test('has the same template with and without acknowledgements', () => {
    const [ours, without] = templates.get(entry) ?? [];
    expect(ours).toEqual(without);
  });

  test('acknowledges wildcards and policies of AWS one by one, where each of them is', () => {
    const single = acknowledged.get(entry)?.filter(({ id }) => id.endsWith(']')) ?? [];
    const found = raw.get(entry) ?? [];
    expect(single.length).toBeGreaterThan(0);
    expect(single.filter((one) => !found.some((finding) => covers(one, finding)))).toEqual([]);
  });

  test('passes the validator of CloudFormation templates with findings as errors, and the packs as a user adds them', async () => {
    const app = await appOf(entry);
    Validations.of(app).addPlugins(...packsOf(app));
    const report = readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ pluginReports: [] });
  }, 60_000);
});

describe('the acknowledgements', () => {
  test('are at most 12', () => {
    expect(ROWS.length).toBeLessThanOrEqual(12);
  });

  test.each(ROWS)('%s is needed, each of its rules', (_, row) => {
    const used = all(raw).filter((finding) => all(acknowledged).some((one) => covers(one, finding)));
    const rules = new Set(used.map(ruleOf));
    expect(idsOf(row).filter((id) => !rules.has(id))).toEqual([]);
  });

  test('are at no construct whose like has no such finding', () => {
    const kind = ({ id, path }: Finding): string => `${id} ${path.split('/').at(-1) ?? ''}`;
    const matching = all(acknowledged).filter((one) => all(raw).some((finding) => covers(one, finding)));
    const kinds = new Set(matching.map(kind));
    expect(all(acknowledged).filter((one) => !kinds.has(kind(one)))).toEqual([]);
  });

  test('are at no stack and no platform as a whole', () => {
    expect(all(acknowledged).filter(({ path }) => path.split('/').length < 2 || path.endsWith('/Platform'))).toEqual(
      [],
    );
  });

  test('have a reason and a page of AWS', () => {
    const wrong = ROWS.filter(
      ([, { reason, evidence }]) => !reason.endsWith('.') || !evidence.startsWith('https://docs.aws.amazon.com/'),
    );
    expect(wrong).toEqual([]);
  });

  test('are listed in docs/security-findings.md', async () => {
    const { actual, expected } = await pageOf('security-findings.md', securityFindingsPage());
    expect(actual).toBe(expected);
  });
});
