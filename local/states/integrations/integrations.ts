import { notSupported } from '../../core/errors';
import { awsSdkIntegration, sdkServices } from './aws-sdk';
import { submitJob, submitJobSync } from './batch';
import { dynamodbIntegrations } from './dynamodb';
import { startExecution, startExecutionSync } from './executions';
import type { Integration } from './integration';
import { lambdaFunction, lambdaInvoke } from './lambda';
import { eventsPutEvents, snsPublish, sqsSendMessage } from './messages';

const PREFIX = 'arn:aws:states:::';

const TOKEN = '.waitForTaskToken';

/** Those that can hand a task token on. */
const HANDING: readonly Integration[] = [lambdaInvoke, snsPublish, sqsSendMessage, eventsPutEvents, startExecution];

const OPTIMIZED: readonly Integration[] = [
  ...[submitJob, submitJobSync, ...startExecutionSync, ...dynamodbIntegrations, ...HANDING],
  ...HANDING.map((entry) => ({ ...entry, resource: `${entry.resource}${TOKEN}` })),
];

const BY_NAME = new Map(OPTIMIZED.map((entry) => [`${entry.resourceType}:${entry.resource}`, entry]));

/** Whether a task waits for somebody who has its token. */
export const waitsForToken = (resource: string): boolean => resource.endsWith(TOKEN);

const FUNCTION = /^arn:[^:]+:lambda:[^:]*:\d{12}:function:.+$/;

const SDK_RESOURCE = /^aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]*)(?:\.waitForTaskToken)?$/;

/** The integration behind the `Resource` of a Task state; refuses others by name. */
export const integrationOf = (resource: string): Integration => {
  if (FUNCTION.test(resource)) return lambdaFunction(resource);
  const name = resource.startsWith(PREFIX) ? resource.slice(PREFIX.length) : undefined;
  if (resource.includes(':activity:')) {
    throw notSupported(`the activity ${resource}`, `a task with ${TOKEN} waits for whoever has its token`);
  }
  if (name === undefined) {
    throw notSupported(`the Task resource ${resource}`, `call functions by ${PREFIX}lambda:invoke`);
  }
  const [, service = '', operation = ''] = SDK_RESOURCE.exec(name) ?? [];
  const integration = BY_NAME.get(name) ?? awsSdkIntegration(service, operation);
  if (integration !== undefined) return integration;
  const known = `${[...BY_NAME.keys()].join(', ')}, and aws-sdk of ${sdkServices.join(', ')}`;
  throw notSupported(`the Task resource ${resource}`, `it has ${known}`);
};
