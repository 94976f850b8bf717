import { expect } from 'vitest';
import type { Reader } from '../../../../local/core/reader';
import type { Input, Output } from '../../../../local/core/service';
import { SERVICES } from '../../../../local/services';
import { createTestWorld } from '../../support';
import { stackIn, type TestStack } from '../support';

/** A stack of real resource types over all services of the endpoint. */
export interface RealStack extends TestStack {
  /** Deploys resources and outputs that must all work. */
  deployed(resources: Input, outputs?: Readonly<Record<string, unknown>>): Promise<Reader>;
  /** Deletes the stack, which must work. */
  destroyed(): Promise<void>;
  run(service: string, operation: string, input: Input): Promise<Output>;
}

export const createRealStack = async (): Promise<RealStack> => {
  const stack = stackIn(await createTestWorld(SERVICES));
  return {
    ...stack,
    deployed: async (Resources, outputs = {}) => {
      const Outputs = Object.fromEntries(Object.entries(outputs).map(([key, Value]) => [key, { Value }]));
      const answer = await stack.deploy({ Resources, Outputs }, { Capabilities: ['CAPABILITY_IAM'] });
      expect((await stack.reasons()).filter((reason) => reason.includes('_FAILED'))).toEqual([]);
      return answer;
    },
    destroyed: async () => {
      expect((await stack.destroy()).text('StackStatus')).toBe('DELETE_COMPLETE');
    },
    run: (service, operation, input) => stack.world.run(service, operation, input),
  };
};

export const outputsOf = (stack: Reader): Readonly<Record<string, string>> =>
  Object.fromEntries(stack.records('Outputs').map((one) => [one.text('OutputKey'), one.text('OutputValue')]));

export const att = (resource: string, attribute: string) => ({ 'Fn::GetAtt': [resource, attribute] });
export const ref = (name: string) => ({ Ref: name });
