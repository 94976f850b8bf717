import { ContextProvider } from 'aws-cdk-lib';
import { ContextProvider as Provider } from 'aws-cdk-lib/cloud-assembly-schema';
import type { Construct } from 'constructs';
import { type ComputeEntry, PLATFORM_PARAMETERS } from '../contracts/descriptor';
import { readCompute, readDescriptor } from '../contracts/read-descriptor';
import { fail } from '../private/check';
import type { BatchPlatformAttributes } from './batch-platform-attributes';
import type { IBatchPlatform } from './batch-platform-interface';
import { ImportedPlatform } from './imported-platform';
import { describedPlatform, toldPlatform, unseenPlatform } from './known-platform';
import { checkKnownName } from './platform-name';

/** The platform of this name, of which as much is known as the user tells. @internal */
export function platformByName(
  scope: Construct,
  id: string,
  platformName: string,
  attributes: BatchPlatformAttributes,
): IBatchPlatform {
  checkKnownName(scope, platformName);
  return new ImportedPlatform(scope, id, platformName, toldPlatform(attributes));
}

/** The platform of this name, of which all is known that its descriptor says. @internal */
export function platformByLookup(
  scope: Construct,
  id: string,
  platformName: string,
  attributes: BatchPlatformAttributes,
): IBatchPlatform {
  checkKnownName(scope, platformName);
  const descriptor = lookedUp(scope, PLATFORM_PARAMETERS.descriptor(platformName), readDescriptor);
  const computeOf = (queue: string): readonly ComputeEntry[] =>
    lookedUp(scope, PLATFORM_PARAMETERS.compute(platformName, queue), readCompute) ?? [];
  const known = descriptor === undefined ? unseenPlatform(attributes) : describedPlatform(descriptor, computeOf);
  return new ImportedPlatform(scope, id, platformName, known);
}

/** What a parameter holds; nothing until the CDK CLI has looked it up. */
function lookedUp<Value>(scope: Construct, parameterName: string, read: (json: string) => Value): Value | undefined {
  const answer: { readonly value?: unknown } = ContextProvider.getValue(scope, {
    provider: Provider.SSM_PARAMETER_PROVIDER,
    props: { parameterName },
    dummyValue: '',
  });
  if (typeof answer.value !== 'string' || answer.value === '') return undefined;
  try {
    return read(answer.value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail(scope, `the parameter ${parameterName} is not what a platform writes: ${reason}`, 'platform-descriptor');
  }
}
