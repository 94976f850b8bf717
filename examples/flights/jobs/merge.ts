import { S3Client } from '@aws-sdk/client-s3';
import { RESULT_FILE } from '../../../lib/contracts/layout';
import { mergeTotals, type DelayByHour } from '../shared/delay-by-hour';
import { submission } from '../shared/job';
import { readJson, writeJson } from '../shared/store';

/** Reads at once; enough to hide the latency of S3 without flooding it. */
const READS_AT_ONCE = 16;

const isDelayByHour = (value: unknown): value is DelayByHour => typeof value === 'object' && value !== null;

/** Adds up what the children of the array job wrote. */
async function main(): Promise<void> {
  const s3 = new S3Client({});
  const { itemCount, resultsBucket, resultsPrefix } = submission();
  const parts: DelayByHour[] = [];
  for (let first = 0; first < itemCount; first += READS_AT_ONCE) {
    const indices = Array.from({ length: Math.min(READS_AT_ONCE, itemCount - first) }, (_, offset) => first + offset);
    const read = await Promise.all(
      indices.map((index) => readJson(s3, resultsBucket, `${resultsPrefix}${index}.json`)),
    );
    parts.push(...read.filter(isDelayByHour));
  }
  await writeJson(s3, resultsBucket, `${resultsPrefix}${RESULT_FILE}`, mergeTotals(parts));
  console.log(`merged ${parts.length} parts`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
