import { table } from '../support/page';
import { addressOf, type Row, type Table } from './kit/table';

const INTRO = `# What the local endpoint does as AWS does

One row per behaviour: what is true, the page that says so, and how we differ where we know that we do. Each row is a
test of \`test/conformance\` with the row's words as its title; \`npm run docs\` makes this page from them. Rows that
drive the clock, make faults or stop the endpoint run on an endpoint of ours only (_ours_); all others also run against
another endpoint or a real account: see [the local endpoint](local.md#the-same-tests-elsewhere).
`;

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const cellsOf = (row: Row): readonly string[] => [
  cell(row.behaviour),
  `[AWS](${addressOf(row.source)})`.replace('[AWS](https://states-language.net', '[ASL](https://states-language.net'),
  'local' in row ? 'ours' : 'any',
  cell(row.differs ?? ''),
];

const sectionOf = ({ topic, rows }: Table): string =>
  `### ${topic}\n\n${table(['Behaviour', 'Source', 'On', 'Here'], rows.map(cellsOf))}\n`;

const countOf = (tables: readonly Table[]): number => tables.reduce((sum, { rows }) => sum + rows.length, 0);

/** The page of all tables. */
export const conformancePage = (tables: readonly Table[]): string => {
  const services = [...new Set(tables.map(({ service }) => service))];
  const chapters = services.map((service) => {
    const own = tables.filter((each) => each.service === service);
    return `## ${service} (${countOf(own)})\n\n${own.map(sectionOf).join('\n')}`;
  });
  return `${INTRO}\n${countOf(tables)} rows.\n\n${chapters.join('\n')}`;
};
