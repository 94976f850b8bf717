import type { ObjectLocation } from '../../lib/contracts/items';
import { isFields } from './fields';
import { submissionIdOf } from './submission';

/** The object that an event of S3 tells of. */
export interface CreatedObject {
  readonly location: ObjectLocation;
  /** Tells the writes to one key apart: the version, or the sequencer where a bucket keeps no versions. */
  readonly write?: string;
}

const filled = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The object of an `Object Created` event; undefined when the input of the execution is something else. */
export const createdObject = (input: unknown): CreatedObject | undefined => {
  if (!isFields(input) || !isFields(input.detail)) return undefined;
  const { bucket, object } = input.detail;
  if (!isFields(bucket) || !isFields(object)) return undefined;
  const bucketName = filled(bucket.name);
  const key = filled(object.key);
  if (bucketName === undefined || key === undefined) return undefined;
  const versionId = filled(object['version-id']);
  return { location: { bucket: bucketName, key, versionId }, write: versionId ?? filled(object.sequencer) };
};

/** The same id for all deliveries of one event; an execution that a person started has an id of its own. */
export const pipelineSubmissionId = (pipeline: string, execution: string, input: unknown): string => {
  const object = createdObject(input);
  if (object?.write === undefined) return submissionIdOf('execution', execution);
  return submissionIdOf('object', pipeline, object.location.bucket, object.location.key, object.write);
};
