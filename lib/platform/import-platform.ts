import { ContextProvider } from 'aws-cdk-lib';
import { ContextProvider as Provider } from 'aws-cdk-lib/cloud-assembly-schema';
import type { Construct } from 'constructs';
import { PLATFORM_PARAMETERS, type PlatformDescriptor } from '../contracts/descriptor';
import { readDescriptor } from '../contracts/read-descriptor';
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
  const descriptor = lookedUp(scope, platformName);
  const known = descriptor === undefined ? unseenPlatform(attributes) : describedPlatform(descriptor);
  return new ImportedPlatform(scope, id, platformName, known);
}

function lookedUp(scope: Construct, platformName: string): PlatformDescriptor | undefined {
  const parameterName = PLATFORM_PARAMETERS.descriptor(platformName);
  const answer: { readonly value?: unknown } = ContextProvider.getValue(scope, {
    provider: Provider.SSM_PARAMETER_PROVIDER,
    props: { parameterName },
    dummyValue: '',
  });
  if (typeof answer.value !== 'string' || answer.value === '') return undefined;
  try {
    return readDescriptor(answer.value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail(
      scope,
      `the parameter ${parameterName} is no descriptor of a platform: ${reason}`,
      'platform-descriptor',
    );
  }
}
