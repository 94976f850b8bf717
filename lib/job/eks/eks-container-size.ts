import { Size } from 'aws-cdk-lib';
import type { PodContainer } from './eks-container';
import { JobSize } from '../job-size';

/** What is reserved for a container. @internal */
export const sizeOf = (container: PodContainer): JobSize => container.size ?? JobSize.of(1, Size.gibibytes(2));

/** A container as errors call it. @internal */
export const inWords = (container: PodContainer): string =>
  container.name === undefined ? 'the container without a name' : `container '${container.name}'`;
