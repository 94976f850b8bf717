import { AwsError, notSupported } from '../../core/errors';
import type { Input } from '../../core/service';
import type { ResourceSchema } from '../schema/schema';
import { SCHEMAS } from '../schema/table';
import { validateProperties } from '../schema/validate';
import type { ResourceDefinition } from '../template/template';
import { functionCall } from '../template/function-call';
import { sameValue } from '../template/json';
import type { ResourceType, ResourceTypes } from '../types/resource-type';

/** Whose handler is a function of the template. */
const CUSTOM = /^(?:Custom::|AWS::CloudFormation::CustomResource$)/;

const refusalOf = (type: string): AwsError => {
  if (CUSTOM.test(type)) {
    const isOfCdk = type === 'Custom::S3AutoDeleteObjects';
    return notSupported(
      `custom resources: [${type}]`,
      isOfCdk ? 'leave out autoDeleteObjects of the bucket' : undefined,
    );
  }
  const list = 'the local endpoint has a closed list of resource types, see docs/local.md';
  return new AwsError('NotImplemented', `Unrecognized resource types: [${type}]: ${list}`, 501);
};

/** The type of a resource; one outside the closed list is refused by its name. */
export const typeOf = (types: ResourceTypes, { type }: ResourceDefinition): ResourceType => {
  const found = types.get(type);
  if (found === undefined) throw refusalOf(type);
  return found;
};

export const schemaOf = ({ type, schema }: ResourceType): ResourceSchema | undefined => schema ?? SCHEMAS[type];

/** Refuses properties that AWS does not allow, and those that the type would ignore. */
export const checkProperties = (type: ResourceType, logicalId: string, properties: Input): void => {
  const schema = schemaOf(type);
  if (schema !== undefined) validateProperties(logicalId, schema, properties);
  const { properties: taken } = type;
  if (taken === undefined) return;
  const ignored = Object.keys(properties).filter((name) => !taken.includes(name));
  if (ignored.length > 0) {
    throw notSupported(`the property ${ignored.join(', ')} of ${type.type}`, `it takes ${taken.join(', ')}`);
  }
};

/** What can be refused before anything is made. A property behind a function may still come to nothing. */
export const checkDefinition = (types: ResourceTypes, { properties, logicalId, ...rest }: ResourceDefinition): void => {
  const plain = Object.entries(properties).filter(([, value]) => functionCall(value)?.name !== 'Fn::If');
  checkProperties(typeOf(types, { properties, logicalId, ...rest }), logicalId, Object.fromEntries(plain));
};

/** Whether a change of a property makes a new resource. */
export const recreationOf = (type: ResourceType, property: string): 'Always' | 'Conditionally' | 'Never' => {
  const schema = schemaOf(type);
  if (type.update === undefined || schema?.replacing?.includes(property) === true) return 'Always';
  return schema?.maybeReplacing?.includes(property) === true ? 'Conditionally' : 'Never';
};

/** Properties that differ. */
export const changedProperties = (former: Input, properties: Input): readonly string[] =>
  [...new Set([...Object.keys(former), ...Object.keys(properties)])].filter(
    (name) => !sameValue(former[name], properties[name]),
  );
