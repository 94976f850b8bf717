import { S3Client } from '@aws-sdk/client-s3';
import { isFlights, totalByHour } from '../shared/delay-by-hour';
import { arrayIndex, itemRange, submission } from '../shared/job';
import { readJson, writeJson } from '../shared/store';

/** Exit code for a failure that another attempt may cure (EX_TEMPFAIL of sysexits.h). */
const TRY_AGAIN = 75;

interface Part {
  readonly bucket: string;
  readonly key: string;
}

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'bucket' in value && 'key' in value;

/** Adds up the delays of one part of the flights. */
async function main(): Promise<void> {
  const index = arrayIndex();
  if (process.env.FAIL_ONCE_AT === String(index) && process.env.AWS_BATCH_JOB_ATTEMPT === '1') {
    console.error(`child ${index} fails its first attempt on purpose`);
    process.exit(TRY_AGAIN);
  }
  const s3 = new S3Client({});
  const { itemsBucket, itemsKey, itemBytes, resultsBucket, resultsPrefix } = submission();
  const part = await readJson(s3, itemsBucket, itemsKey, itemRange(index, itemBytes));
  if (!isPart(part)) throw new Error(`item ${index} must be {"bucket", "key"}, got ${JSON.stringify(part)}`);
  const flights = await readJson(s3, part.bucket, part.key);
  if (!isFlights(flights)) throw new Error(`s3://${part.bucket}/${part.key} must be a JSON list of flights`);
  await writeJson(s3, resultsBucket, `${resultsPrefix}${index}.json`, totalByHour(flights));
  console.log(`${part.key}: ${flights.length} flights`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
