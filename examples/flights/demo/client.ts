import type { RunningEndpoint } from './endpoint';

/** Options that make an unmodified SDK client talk to the endpoint. */
export function clientOptions({ url, environment }: Pick<RunningEndpoint, 'url' | 'environment'>) {
  return {
    endpoint: url,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
  };
}
