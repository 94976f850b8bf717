import type { IConstruct } from 'constructs';
import { fail } from '../private/check';
import type { ContainerOverride, ContainerOverrideOptions } from './container-override';
import { podResources, resourceRequirements } from './container-size';
import type { ContainerGroup, Place } from './job-shape';
import { toPascalCase } from './pascal-case';
import { checkExpression, renderVariables } from './variables';

/** What the containers of a job get as a whole; the expressions are for state machines only. @internal */
export interface GeneralOverride extends ContainerOverrideOptions {
  readonly environmentExpression?: string;
  readonly sizeExpression?: string;
}

type Override = GeneralOverride & Partial<ContainerOverride>;

/** Overrides of containers that run together; those without a name are for the only container, or for all. @internal */
export function renderContainers(
  scope: IConstruct,
  { place, containers: known }: ContainerGroup,
  general: GeneralOverride,
  named: readonly ContainerOverride[] = [],
): readonly unknown[] {
  const { command, size, sizeExpression, environment, environmentExpression } = general;
  checkNames(scope, place, known, named);
  const several = known !== undefined && known.length > 1;
  if (several && (command ?? size ?? sizeExpression) !== undefined) {
    throw fail(
      scope,
      `'command' and 'size' are for jobs of one container, this one has ${listed(known)}: use 'containers'`,
      'pipeline-overrides',
    );
  }
  const forAll = several ? { environment, environmentExpression } : general;
  const names = known ?? unknownNames(scope, place, forAll, named);
  return names.flatMap((name) => {
    const own: Override = named.find(({ containerName }) => containerName === name) ?? {};
    const merged = { ...forAll, ...own, environment: merge(forAll.environment, own.environment) };
    return renderContainer(scope, place, name, merged);
  });
}

/** Overrides of the containers that run first in a pod. @internal */
export function renderInitContainers(
  scope: IConstruct,
  known: readonly (string | undefined)[] | undefined,
  named: readonly ContainerOverride[] = [],
): readonly unknown[] {
  checkNames(scope, 'pod', known, named);
  return named.flatMap((own) => renderContainer(scope, 'pod', own.containerName, own));
}

function renderContainer(scope: IConstruct, place: Place, name: string | undefined, own: Override): readonly unknown[] {
  const { command, args, image, size, sizeExpression, environment, environmentExpression } = own;
  if (sizeExpression !== undefined) checkExpression(scope, 'sizeExpression', sizeExpression);
  const variables = renderVariables(scope, environment, environmentExpression);
  const requirements = sizeExpression ?? (size && toPascalCase(resourceRequirements(size)));
  const overrides = {
    pod: { Image: image, Command: command, Args: args, Env: variables, Resources: size && podResources(size) },
    task: { Command: command, Environment: variables, ResourceRequirements: requirements },
    container: { Command: command, Environment: variables, ResourceRequirements: requirements },
  }[place];
  if (Object.values(overrides).every((value) => value === undefined)) return [];
  return [place === 'container' ? overrides : { Name: name, ...overrides }];
}

function checkNames(
  scope: IConstruct,
  place: Place,
  known: readonly (string | undefined)[] | undefined,
  named: readonly ContainerOverride[],
): void {
  for (const { containerName, args, image } of named) {
    if (place === 'container') {
      throw fail(
        scope,
        `'containers' is for jobs of several containers or pods, got ${JSON.stringify(containerName)}: ` +
          `use 'command', 'environment' and 'size'`,
        'pipeline-overrides',
      );
    }
    if (place === 'task' && (args !== undefined || image !== undefined)) {
      throw fail(
        scope,
        `'args' and 'image' of the container ${JSON.stringify(containerName)} are for pods: AWS Batch replaces the ` +
          `'command' of other containers only`,
        'pipeline-overrides',
      );
    }
    if (known !== undefined && !known.includes(containerName)) {
      throw fail(
        scope,
        `there is no container ${JSON.stringify(containerName)} to override, the job has ${listed(known)}`,
        'pipeline-overrides',
      );
    }
  }
}

/** The containers of a job that is defined elsewhere are those that were named. */
function unknownNames(
  scope: IConstruct,
  place: Place,
  general: GeneralOverride,
  named: readonly ContainerOverride[],
): readonly (string | undefined)[] {
  if (place === 'container') return [undefined];
  if (named.length === 0 && Object.values(general).some((value) => value !== undefined)) {
    throw fail(
      scope,
      `the containers of the job are not known, as it is defined elsewhere: name them in 'containers'`,
      'pipeline-overrides',
    );
  }
  return named.map(({ containerName }) => containerName);
}

function merge(general?: Record<string, string>, own?: Record<string, string>): Record<string, string> {
  return { ...general, ...own };
}

const listed = (names: readonly (string | undefined)[]): string =>
  names.map((name) => name ?? 'one').join(', ') || 'none';
