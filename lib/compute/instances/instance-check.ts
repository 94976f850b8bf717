import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { fail, type Problem, raise } from '../../private/check';
import { familyOf } from '../../contracts/instances/instance-facts';
import { inWords, type InstanceKind } from './instance-kind';
import type { InstanceSelection } from './instance-selection';

/** Which image instances start from. @internal */
export interface ImageChoice {
  /** Image type as AWS Batch names it; that of the selection unless given. */
  readonly imageType?: string;
  /** Whether the image is one of the user's own, which may have what those of AWS lack. */
  readonly isOwn?: boolean;
}

/**
 * Families of which the images say that they do not support them
 * (https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html: A1, P3, G3), and the older ones of the
 * same kind, which the driver in them left behind as well.
 */
const WITHOUT_IMAGE = /^(a1|g2|g3s?|p2|p3(dn)?)$/;

/** What of a selection is not known, where instances of all kinds may be mixed. @internal */
export function warnOfUnknownInstances(scope: IConstruct, selection: InstanceSelection): void {
  for (const problem of unknownInstances(selection)) raise(scope, problem);
}

/** Refuses instances that AWS Batch would not put into one compute environment, or that could not start. @internal */
export function checkInstances(scope: IConstruct, selection: InstanceSelection, image: ImageChoice = {}): void {
  if (selection._kinds().length === 0 && !selection._isOpen()) {
    throw fail(scope, `'instances' must name at least one type or family: use InstanceSelection.defaultX86() for any`);
  }
  for (const problem of instanceProblems(selection, image)) raise(scope, problem);
}

/**
 * Why AWS Batch would not put instances into one compute environment, or why they could not start.
 *
 * @param property How the reader calls the instances.
 * @internal
 */
export function* instanceProblems(
  selection: InstanceSelection,
  image: ImageChoice = {},
  property = 'instances',
): Generator<Problem> {
  const kinds = selection._kinds();
  yield* unknownInstances(selection, property);
  yield* architectureProblems(kinds, property);
  if (image.isOwn === true) return;
  yield* imageProblems(kinds, property);
  yield* gpuProblems(selection, property, image.imageType);
  yield* driverProblems(kinds);
}

/** What of a selection is not known. @internal */
export function* unknownInstances(selection: InstanceSelection, property = 'instances'): Generator<Problem> {
  const unknown = selection
    ._kinds()
    .filter(({ name, architecture }) => architecture === undefined && !withoutImage(name));
  if (unknown.length === 0) return;
  const names = unknown.map(({ name }) => `'${name}'`).join(', ');
  const hint = 'check the spelling; whether jobs fit is not checked for what is newer than this library';
  const message = `'${property}' has ${names}, which this library does not know: ${hint}`;
  yield { check: 'compute-unknown-instance-type', message };
}

function* architectureProblems(kinds: readonly InstanceKind[], property: string): Generator<Problem> {
  const known = kinds.filter(({ architecture }) => architecture !== undefined);
  const other = known.find(({ architecture }) => architecture !== known[0].architecture);
  if (other === undefined) return;
  const got = `${inWords(known[0])} and ${inWords(other)}`;
  const hint = 'use a compute environment for each, and a queue for each';
  const message = `'${property}' must have one processor architecture, got ${got}: ${hint}`;
  yield { check: 'compute-mixed-architecture', message };
}

function* imageProblems(kinds: readonly InstanceKind[], property: string): Generator<Problem> {
  const without = kinds.find(({ name }) => withoutImage(name));
  if (without === undefined) return;
  const hint = 'use a newer family, or an image of your own';
  const message = `'${property}' has ${without.name}, which no image on Amazon Linux 2023 supports: ${hint}`;
  yield { check: 'compute-instance-image', message };
}

function* gpuProblems(
  selection: InstanceSelection,
  property: string,
  imageType = selection.imageType.toString(),
): Generator<Problem> {
  const known = selection._kinds().filter(({ architecture }) => architecture !== undefined);
  const without = known.find(({ hasGpus }) => !hasGpus);
  if (selection._wantsGpus && without !== undefined) {
    const hint = 'use InstanceSelection.families() for instances without';
    const message = `'${property}' must all have GPUs, ${without.name} has none: ${hint}`;
    yield { check: 'compute-mixed-gpu', message };
  } else if (selection._hasGpus && without !== undefined) {
    const other = known.find(({ hasGpus }) => hasGpus);
    const got = other === undefined ? inWords(without) : `${inWords(other)} and ${inWords(without)}`;
    const hint = 'use a compute environment for each, as each has an image and a price of its own';
    const message = `'${property}' must all have GPUs or none, got ${got}: ${hint}`;
    yield { check: 'compute-mixed-gpu', message };
  }
  if (selection._hasGpus && !imageType.includes('NVIDIA')) {
    const names = selection._names().join(', ');
    const hint = 'leave the image type out, or use one for NVIDIA';
    const message = `'${property}' (${names}) have GPUs, and image type ${imageType} has no driver for them: ${hint}`;
    yield { check: 'compute-gpu-image', message };
  }
}

/** Instances start, but jobs do not see what they pay for. */
function* driverProblems(kinds: readonly InstanceKind[]): Generator<Problem> {
  const without = kinds.find(
    ({ accelerator, hasGpus, architecture }) =>
      accelerator !== undefined && (!hasGpus || architecture === InstanceArchitecture.ARM_64),
  );
  if (without === undefined) return;
  const { name, accelerator } = without;
  const hint = 'give an image of your own that has one';
  const message = `the images of AWS Batch have no driver for ${accelerator} on ${familyOf(name)}: ${hint}`;
  yield { check: 'compute-accelerator-image', message };
}

const withoutImage = (name: string): boolean => WITHOUT_IMAGE.test(familyOf(name));
