import { expect, test } from 'vitest';
import { isBootstrapRole } from '../../../local/core/bootstrap';

const NAME = 'cdk-hnb659fds-deploy-role-000000000000-us-east-1';

test.each([
  [NAME, true],
  [`arn:aws:iam::000000000000:role/${NAME}`, true],
  [`arn:aws:iam::000000000000:role/path/${NAME}`, true],
  [`arn:aws:sts::000000000000:assumed-role/${NAME}/session`, true],
  [`arn:aws:sts::000000000000:assumed-role/job/${NAME}`, false],
  ['arn:aws:iam::000000000000:role/cdk-job', false],
])('%s is one of the bootstrap stack: %s', (role, expected) => {
  expect(isBootstrapRole(role)).toBe(expected);
});
