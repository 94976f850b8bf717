import { deployStack } from './cli';
import { PATHS } from './paths';

/** Outputs of the stack `Flights`. */
export interface Outputs {
  readonly Bucket: string;
  readonly StateMachine: string;
  readonly Results: string;
  readonly Topic: string;
}

/** Deploys the flights example; resolves to the outputs of its stack. */
export async function deploy(environment: NodeJS.ProcessEnv, scratch: string, signal: AbortSignal): Promise<Outputs> {
  const outputs = await deployStack({ app: PATHS.app, stack: 'Flights', scratch }, environment, signal);
  return {
    Bucket: String(outputs.Bucket),
    StateMachine: String(outputs.StateMachine),
    Results: String(outputs.Results),
    Topic: String(outputs.Topic),
  };
}
