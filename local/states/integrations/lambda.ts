import { StateFailure } from '../language/failure';
import { isJsonObject, type Json, parseJson } from '../language/json';
import { argumentsOf, callService, type Integration } from './integration';

const textOf = (payload: unknown): string => {
  if (payload instanceof Uint8Array) return Buffer.from(payload).toString('utf8');
  return typeof payload === 'string' ? payload : '';
};

const parsed = (text: string): Json => {
  try {
    return text === '' ? '' : parseJson(text);
  } catch {
    return text;
  }
};

/** The function whose ARN is the resource: its input and output are those of the task. */
export const lambdaFunction = (arn: string): Integration => ({
  resourceType: 'lambda',
  resource: 'function',
  run: async (call) => {
    const Payload = call.parameters;
    const result = await lambdaInvoke.run({ ...call, parameters: { FunctionName: arn, Payload } });
    return isJsonObject(result) ? (result.Payload ?? null) : null;
  },
});

/** Invokes a function; an error that its code throws is the error of the state. */
export const lambdaInvoke: Integration = {
  resourceType: 'lambda',
  resource: 'invoke',
  run: async (call) => {
    const { Payload: payload = {}, ...input } = argumentsOf(call);
    const output = await callService(call, 'Lambda', ['lambda', 'Invoke'], {
      ...input,
      Payload: Buffer.from(JSON.stringify(payload)),
    });
    const text = textOf(output.Payload);
    const result = parsed(text);
    if (output.FunctionError !== undefined) {
      const type = isJsonObject(result) ? result.errorType : undefined;
      throw new StateFailure(typeof type === 'string' && type !== '' ? type : 'Lambda.Unknown', text);
    }
    return {
      ExecutedVersion: typeof output.ExecutedVersion === 'string' ? output.ExecutedVersion : '$LATEST',
      Payload: result,
      StatusCode: typeof output.StatusCode === 'number' ? output.StatusCode : 200,
    };
  },
};
