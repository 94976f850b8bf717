import type { Service } from '../core/service';
import type { World } from '../core/world';
import { policyOperations } from './policy-operations';
import { profileOperations } from './profile-operations';
import { openRecords } from './records';
import { roleOperations } from './role-operations';

/** IAM: roles, policies and instance profiles. */
export const createIam = (world: World): Service => {
  const records = openRecords(world);
  return {
    name: 'iam',
    operations: {
      ...roleOperations(world, records),
      ...policyOperations(world, records),
      ...profileOperations(world, records),
    },
  };
};
