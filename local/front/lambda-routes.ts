const FUNCTIONS = '/2015-03-31/functions';
const FUNCTION = `${FUNCTIONS}/{FunctionName}`;
const EVENT_INVOKE = '/2019-09-25/functions/{FunctionName}/event-invoke-config';
const MAPPINGS = '/2015-03-31/event-source-mappings';
const TAGS = '/2017-03-31/tags/{Resource}';

const ROUTES = [
  ['POST', FUNCTIONS, 'CreateFunction', 201],
  ['GET', `${FUNCTIONS}/`, 'ListFunctions', 200],
  ['GET', FUNCTION, 'GetFunction', 200],
  ['DELETE', FUNCTION, 'DeleteFunction', 204],
  ['POST', `${FUNCTION}/invocations`, 'Invoke', 200],
  ['PUT', `${FUNCTION}/code`, 'UpdateFunctionCode', 200],
  ['GET', `${FUNCTION}/configuration`, 'GetFunctionConfiguration', 200],
  ['PUT', `${FUNCTION}/configuration`, 'UpdateFunctionConfiguration', 200],
  ['POST', `${FUNCTION}/policy`, 'AddPermission', 201],
  ['GET', `${FUNCTION}/policy`, 'GetPolicy', 200],
  ['DELETE', `${FUNCTION}/policy/{StatementId}`, 'RemovePermission', 204],
  ['POST', `${FUNCTION}/versions`, 'PublishVersion', 201],
  ['GET', `${FUNCTION}/versions`, 'ListVersionsByFunction', 200],
  ['POST', `${FUNCTION}/aliases`, 'CreateAlias', 201],
  ['GET', `${FUNCTION}/aliases`, 'ListAliases', 200],
  ['GET', `${FUNCTION}/aliases/{Name}`, 'GetAlias', 200],
  ['PUT', `${FUNCTION}/aliases/{Name}`, 'UpdateAlias', 200],
  ['DELETE', `${FUNCTION}/aliases/{Name}`, 'DeleteAlias', 204],
  ['PUT', EVENT_INVOKE, 'PutFunctionEventInvokeConfig', 200],
  ['POST', EVENT_INVOKE, 'UpdateFunctionEventInvokeConfig', 200],
  ['GET', EVENT_INVOKE, 'GetFunctionEventInvokeConfig', 200],
  ['DELETE', EVENT_INVOKE, 'DeleteFunctionEventInvokeConfig', 204],
  ['PUT', '/2017-10-31/functions/{FunctionName}/concurrency', 'PutFunctionConcurrency', 200],
  ['GET', '/2019-09-30/functions/{FunctionName}/concurrency', 'GetFunctionConcurrency', 200],
  ['DELETE', '/2017-10-31/functions/{FunctionName}/concurrency', 'DeleteFunctionConcurrency', 204],
  ['POST', MAPPINGS, 'CreateEventSourceMapping', 202],
  ['GET', MAPPINGS, 'ListEventSourceMappings', 200],
  ['GET', `${MAPPINGS}/{UUID}`, 'GetEventSourceMapping', 200],
  ['PUT', `${MAPPINGS}/{UUID}`, 'UpdateEventSourceMapping', 202],
  ['DELETE', `${MAPPINGS}/{UUID}`, 'DeleteEventSourceMapping', 202],
  ['GET', TAGS, 'ListTags', 200],
  ['POST', TAGS, 'TagResource', 204],
  ['DELETE', TAGS, 'UntagResource', 204],
] as const;

/** What a path of the Lambda API means. */
export interface LambdaRoute {
  readonly operation: string;
  readonly status: number;
  /** The labels of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

const segmentsOf = (path: string): readonly string[] => path.replace(/\/$/, '').split('/');

const matchPath = (pattern: string, path: readonly string[]): Record<string, string> | undefined => {
  const parts = segmentsOf(pattern);
  if (parts.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = path[index];
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return parameters;
};

/** Finds the operation of a path, whether or not the service has it. */
export const matchLambdaRoute = (method: string, path: string): LambdaRoute | undefined => {
  const segments = segmentsOf(path);
  for (const [verb, pattern, operation, status] of ROUTES) {
    const parameters = verb === method ? matchPath(pattern, segments) : undefined;
    if (parameters !== undefined) return { operation, status, parameters };
  }
  return undefined;
};
