import { readFileSync, writeFileSync } from 'node:fs';
import { knownFamilies, knownInstances } from '../../lib/contracts/instances/known-instances';
import { parseDescribe } from './describe';
import { mergeRegions, missingFrom } from './merge';
import { renderTable } from './render';
import { parseTsv } from './tsv';

const TABLE = 'lib/contracts/instances/table.ts';

/** Each file is the answer of one region, or a list with a type a line; without files the answer comes from standard input. */
const files = process.argv.slice(2);
const texts = (files.length === 0 ? [0] : files).map((file) => readFileSync(file, 'utf8'));
const fresh = mergeRegions(texts.map((text) => (text.startsWith('type\t') ? parseTsv(text) : parseDescribe(text))));

const kept = missingFrom(fresh, knownFamilies().flatMap(knownInstances));
writeFileSync(TABLE, renderTable([...fresh, ...kept]));
process.stdout.write(`${TABLE}: ${fresh.length} types given, ${kept.length} kept that no given region has\n`);
