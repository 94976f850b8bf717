import type { Reader } from '../core/reader';
import type { Output } from '../core/service';
import { allowOnly, clientError, oneOf } from './checks';
import type { Platform } from './compute-environment';
import type { Container } from './container';
import { readContainer } from './container-properties';
import { readEcsTask } from './ecs-properties';
import { type Nodes, readNodes } from './nodes';

/** What a job definition is made of, by the name of the property that says it. */
export const BODIES = ['containerProperties', 'ecsProperties', 'eksProperties', 'nodeProperties'] as const;
export type BodyKind = (typeof BODIES)[number];

export interface DefinitionBody {
  readonly kind: BodyKind;
  readonly platforms: readonly Platform[];
  /** Empty when jobs of this kind do not run here. */
  readonly containers: readonly Container[];
  /** Of a multi-node job. */
  readonly nodes?: Nodes;
  /** As requested. */
  readonly described: Output;
}

const readPlatforms = (reader: Reader): readonly Platform[] => {
  const given = reader.texts('platformCapabilities');
  if (given.length === 0) return ['EC2'];
  return given.map((one) => oneOf('platformCapabilities', one, ['EC2', 'FARGATE', 'MANAGED_INSTANCES']));
};

const readContainers = (kind: BodyKind, body: Reader, platforms: readonly Platform[]): readonly Container[] => {
  if (kind === 'containerProperties') return [readContainer(body, platforms)];
  if (kind === 'ecsProperties') return readEcsTask(body, platforms);
  if (kind === 'eksProperties') allowOnly(body, 'eksProperties', ['podProperties']);
  return [];
};

/** Reads what a job definition is made of: one of the four. */
export const readBody = (reader: Reader): DefinitionBody => {
  const type = oneOf('type', reader.text('type'), ['container', 'multinode']);
  const given = BODIES.filter((name) => reader.has(name));
  const [kind] = given;
  if (given.length !== 1 || (kind === 'nodeProperties') !== (type === 'multinode')) {
    const allowed = BODIES.filter((name) => (name === 'nodeProperties') === (type === 'multinode'));
    throw clientError(`a job definition of type ${type} has one of ${allowed.join(', ')}, got ${given.join(', ')}`);
  }
  const platforms = kind === 'eksProperties' ? (['EKS'] as const) : readPlatforms(reader);
  if (platforms.includes('MANAGED_INSTANCES') && kind !== 'ecsProperties') {
    throw clientError(`for MANAGED_INSTANCES a job definition must have ecsProperties, got ${kind}`);
  }
  const body = reader.record(kind);
  return {
    ...{ kind, platforms, containers: readContainers(kind, body, platforms), described: { [kind]: body.values } },
    ...(kind === 'nodeProperties' ? { nodes: readNodes(body, platforms) } : {}),
  };
};
