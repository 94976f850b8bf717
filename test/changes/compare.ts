import { CfnResource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf, type TemplateResource } from '../support/template';
import { type Change, changesBetween } from './diff';
import { definePlatform, type Edit, newApp } from './platform';

/** What a deployment of AWS Batch is about; the roles and logs around it follow. */
const isShown = (type: string): boolean => type.startsWith('AWS::Batch::') || type === 'AWS::EC2::LaunchTemplate';

/** A version of the platform: its resources, and what they are called in the app. */
export interface Version {
  readonly template: unknown;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly names: ReadonlyMap<string, string>;
}

/** A change of a resource of AWS Batch, with its name in the app. */
export interface NamedChange extends Change {
  readonly name: string;
}

export function versionOf(edit?: Edit): Version {
  const stack = definePlatform(newApp(), edit);
  const template: unknown = Template.fromStack(stack).toJSON();
  return { template, resources: resourcesOf(template), names: namesIn(stack) };
}

/** Resources are called as their construct, and its parts as the path below the stack. */
function namesIn(stack: Stack): ReadonlyMap<string, string> {
  const resources = stack.node.findAll().filter((node) => CfnResource.isCfnResource(node));
  return new Map(
    resources.map((resource) => {
      const id: unknown = stack.resolve(resource.logicalId);
      return [String(id), resource.node.path.replace(`${stack.node.id}/`, '').replace(/\/Resource$/, '')];
    }),
  );
}

/** What becomes of the resources of AWS Batch when `after` is deployed over `before`. */
export function namedChanges(before: Version, after: Version): readonly NamedChange[] {
  return changesBetween(before.resources, after.resources)
    .filter(({ type }) => isShown(type))
    .map((change) => {
      const name = after.names.get(change.logicalId) ?? before.names.get(change.logicalId) ?? change.logicalId;
      return { ...change, name };
    });
}

export const inWords = ({ name, effect, paths }: NamedChange): string => [name, effect, ...new Set(paths)].join(' ');
