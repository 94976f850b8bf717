import { isJsonObject, toJson } from '../language/json';
import { argumentsOf, callService, type Integration } from './integration';
import { toCamelCase, toPascalCase } from './letter-case';

interface SdkService {
  /** Name of the service in this endpoint. */
  readonly service: string;
  /** Beginning of its error names. */
  readonly prefix: string;
  /** True when its API names members `jobName` rather than `JobName`. */
  readonly camelCase?: boolean;
}

/** Service names in `arn:aws:states:::aws-sdk:<service>:<operation>`. */
const SDK_SERVICES: Readonly<Partial<Record<string, SdkService>>> = {
  batch: { service: 'batch', prefix: 'Batch', camelCase: true },
  cloudwatch: { service: 'cloudwatch', prefix: 'CloudWatch' },
  cloudwatchlogs: { service: 'logs', prefix: 'CloudWatchLogs', camelCase: true },
  dynamodb: { service: 'dynamodb', prefix: 'DynamoDb' },
  eventbridge: { service: 'events', prefix: 'EventBridge' },
  kms: { service: 'kms', prefix: 'Kms' },
  lambda: { service: 'lambda', prefix: 'Lambda' },
  s3: { service: 's3', prefix: 'S3' },
  scheduler: { service: 'scheduler', prefix: 'Scheduler' },
  secretsmanager: { service: 'secretsmanager', prefix: 'SecretsManager' },
  sfn: { service: 'states', prefix: 'Sfn', camelCase: true },
  sns: { service: 'sns', prefix: 'Sns' },
  sqs: { service: 'sqs', prefix: 'Sqs' },
  ssm: { service: 'ssm', prefix: 'Ssm' },
  sts: { service: 'sts', prefix: 'Sts' },
};

/** The services that `aws-sdk` resources reach. */
export const sdkServices: readonly string[] = Object.keys(SDK_SERVICES);

/** Any operation of a service; undefined when this endpoint does not have the service. */
export const awsSdkIntegration = (name: string, operation: string): Integration | undefined => {
  const sdk = SDK_SERVICES[name];
  if (sdk === undefined) return undefined;
  const apiName = operation.charAt(0).toUpperCase() + operation.slice(1);
  return {
    resourceType: `aws-sdk:${name}`,
    resource: operation,
    run: async (call) => {
      const given = argumentsOf(call);
      const input = sdk.camelCase === true ? toCamelCase(given) : given;
      const output = await callService(call, sdk.prefix, [sdk.service, apiName], isJsonObject(input) ? input : {});
      const result = toJson(output) ?? {};
      return sdk.camelCase === true ? toPascalCase(result) : result;
    },
  };
};
