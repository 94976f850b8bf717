import { upperFirst } from '../../core/letter-case';
import { SDK_SERVICES } from '../../core/sdk-services';
import { isJsonObject, toJson } from '../language/json';
import { argumentsOf, callService, type Integration } from './integration';
import { toCamelCase, toPascalCase } from './letter-case';

/** The services that `aws-sdk` resources reach. */
export const sdkServices: readonly string[] = [...SDK_SERVICES.keys()];

/** Any operation of a service; undefined when this endpoint does not have the service. */
export const awsSdkIntegration = (name: string, operation: string): Integration | undefined => {
  const sdk = SDK_SERVICES.get(name);
  if (sdk === undefined) return undefined;
  return {
    resourceType: `aws-sdk:${name}`,
    resource: operation,
    run: async (call) => {
      const given = argumentsOf(call);
      const input = sdk.isCamelCase === true ? toCamelCase(given) : given;
      const output = await callService(
        call,
        sdk.prefix,
        [sdk.service, upperFirst(operation)],
        isJsonObject(input) ? input : {},
      );
      const result = toJson(output) ?? {};
      return sdk.isCamelCase === true ? toPascalCase(result) : result;
    },
  };
};
