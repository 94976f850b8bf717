import { S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, onTestFinished, test } from 'vitest';
import { clientOptions } from '../../examples/flights/demo/client';
import { deploy } from '../../examples/flights/demo/deploy';
import { startEndpointProcess } from '../../examples/flights/demo/endpoint';
import { IMAGE, PATHS } from '../../examples/flights/demo/paths';
import { readFlights, upload } from '../../examples/flights/demo/upload';
import type { Fault } from '../../local/core/faults';
import { clientEnvironment } from '../../local/environment';
import { expectResult } from './support';

const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  'throttled and failing services': [
    { kind: 'throttle', at: 'batch:SubmitJob', probability: 0.5 },
    { kind: 'throttle', at: 'batch:DescribeJobs', probability: 0.1 },
    { kind: 'throttle', at: 'dynamodb:*', probability: 0.1 },
    { kind: 'error', at: 's3:GetObject', probability: 0.03 },
    { kind: 'error', at: 'lambda:Invoke', probability: 0.1 },
    { kind: 'latency', at: 'states:*', probability: 0.2, milliseconds: 200 },
  ],
  'events that come twice and out of order': [
    { kind: 'duplicate', at: 'events:*', probability: 0.5 },
    { kind: 'reorder', at: 'events:*', probability: 0.3, milliseconds: 1000 },
  ],
  'Spot instances that are reclaimed': [{ kind: 'reclaim', at: 'batch:*', probability: 0.05, milliseconds: 20 }],
  'functions that are killed before and after their work': [
    { kind: 'kill', at: 'lambda:*:before', probability: 0.1 },
    { kind: 'kill', at: 'lambda:*:after', probability: 0.1 },
  ],
};

const scratch = mkdtempSync(join(tmpdir(), 'flights-faults-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('the flights example gives the same result with', () => {
  for (const [name, faults] of Object.entries(FAULTS)) {
    test.each([1, 2])(`${name}, seed %i`, async (seed) => {
      const endpoint = await startEndpointProcess({ [IMAGE]: PATHS.jobs }, ['--seed', String(seed)]);
      onTestFinished(() => endpoint.stop());
      const options = clientOptions(endpoint);
      const outputs = await deploy(clientEnvironment(endpoint.url, process.env), scratch, new AbortController().signal);
      await fetch(`${endpoint.url}/_endpoint/faults`, { method: 'PUT', body: JSON.stringify(faults) });
      await upload(new S3Client(options), outputs.Bucket, readFlights());
      await expectResult(options, outputs);
    });
  }
});
