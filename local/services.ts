import { createBatch } from './batch/service';
import { createCloudFormation } from './cloudformation/service';
import { createCloudTrail } from './cloudtrail/service';
import { createCloudWatch } from './cloudwatch/service';
import type { ServiceFactory } from './core/world';
import { createDynamoDb } from './dynamodb/service';
import { createEc2 } from './ec2/service';
import { createEvents } from './events/service';
import { createIam } from './iam/service';
import { createKms } from './kms/service';
import { createLambda } from './lambda/service';
import { createLogs } from './logs/service';
import { createPipes } from './pipes/service';
import { createS3 } from './s3/service';
import { createScheduler } from './scheduler/service';
import { createSecretsManager } from './secretsmanager/service';
import { createSns } from './sns/service';
import { createSqs } from './sqs/service';
import { createSsm } from './ssm/service';
import { createStates } from './states/service';
import { createSts } from './sts/service';

/** Every service of the endpoint. */
export const SERVICES: readonly ServiceFactory[] = [
  createBatch,
  createCloudFormation,
  createCloudTrail,
  createCloudWatch,
  createDynamoDb,
  createEc2,
  createEvents,
  createIam,
  createKms,
  createLambda,
  createLogs,
  createPipes,
  createS3,
  createScheduler,
  createSecretsManager,
  createSns,
  createSqs,
  createSsm,
  createStates,
  createSts,
];
