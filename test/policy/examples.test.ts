import { Validations } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { BatchChecks } from '../../lib';
import { synthesised } from '../organisation/apps';
import { ENTRIES } from '../support/entries';
import { reportedOf } from './report';

test.each(ENTRIES)('nothing is found in %s', async (entry) => {
  const { app } = await synthesised(entry, {
    prepare: (one) => {
      Validations.of(one).addPlugins(new BatchChecks());
    },
  });
  expect(reportedOf(app)).toEqual([]);
});
