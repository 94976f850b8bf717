import { createCloudTrail } from './cloudtrail/service';
import type { ServiceFactory } from './core/world';
import { createEc2 } from './ec2/service';
import { createS3 } from './s3/service';
import { createSsm } from './ssm/service';
import { createSts } from './sts/service';

/** Every service of the endpoint. */
export const SERVICES: readonly ServiceFactory[] = [createCloudTrail, createEc2, createS3, createSsm, createSts];
