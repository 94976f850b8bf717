import { AwsError } from '../../core/errors';
import type { Input } from '../../core/service';
import type { ResourceType, ResourceTypes } from '../types/resource-type';
import type { ResourceDefinition } from '../template/template';
import { functionCall } from '../template/function-call';

/** The type of a resource; one outside the closed list is refused by its name. */
export const typeOf = (types: ResourceTypes, { type }: ResourceDefinition): ResourceType => {
  const found = types.get(type);
  if (found === undefined) {
    throw new AwsError(
      'NotImplemented',
      `Unrecognized resource types: [${type}]: the local endpoint has a closed list of resource types, see docs/local.md`,
      501,
    );
  }
  return found;
};

/** Refuses a top-level property that the type would ignore. */
export const checkProperties = ({ type, properties: known }: ResourceType, properties: Input): void => {
  const unknown = Object.keys(properties).filter((name) => known !== undefined && !known.includes(name));
  if (known === undefined || unknown.length === 0) return;
  throw new AwsError(
    'NotImplemented',
    `the local endpoint does not support the property ${unknown.join(', ')} of ${type}; it takes ${known.join(', ')}`,
    501,
  );
};

/** What can be refused before anything is made. A property behind a function may still come to nothing. */
export const checkDefinition = (types: ResourceTypes, definition: ResourceDefinition): void => {
  const plain = Object.entries(definition.properties).filter(([, value]) => functionCall(value)?.name !== 'Fn::If');
  checkProperties(typeOf(types, definition), Object.fromEntries(plain));
};
