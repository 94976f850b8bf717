import {
  type CapabilityName,
  type ComputeEntry,
  DESCRIPTOR_VERSION,
  type JobEntry,
  type JobKindName,
  type PlatformDescriptor,
  type QueueEntry,
  type TeamEntry,
} from './descriptor';
import { anyText, flag, listOf, number, object, oneOf, optional, type Read, recordOf, text } from './reading';

const CAPABILITIES: readonly CapabilityName[] = ['EC2', 'FARGATE', 'MANAGED_INSTANCES', 'EKS'];
const KINDS: readonly JobKindName[] = ['CONTAINER', 'TASK', 'POD', 'MULTI_NODE'];

/**
 * Reads a descriptor and checks it; fields that it does not know are left for later versions.
 *
 * @throws Error that says what is wrong, and where
 */
export function readDescriptor(json: string): PlatformDescriptor {
  const fields = object(parsed(json), 'the descriptor');
  const { schemaVersion } = fields;
  if (schemaVersion !== DESCRIPTOR_VERSION) {
    const got = schemaVersion === undefined ? 'missing' : JSON.stringify(schemaVersion);
    throw new Error(
      `'schemaVersion' is ${got}, and this release reads ${DESCRIPTOR_VERSION}: use the release that the platform is made with`,
    );
  }
  return {
    schemaVersion,
    name: text(fields.name, 'name'),
    region: text(fields.region, 'region'),
    bucket: text(fields.bucket, 'bucket'),
    key: text(fields.key, 'key'),
    gateway: optional(text)(fields.gateway, 'gateway'),
    queues: recordOf(queue)(fields.queues, 'queues'),
    jobs: recordOf(job)(fields.jobs, 'jobs'),
    teams: optional(recordOf(team))(fields.teams, 'teams'),
  };
}

/**
 * Reads what jobs of a queue can get, and checks it.
 *
 * @throws Error that says what is wrong, and where
 */
export function readCompute(json: string): readonly ComputeEntry[] {
  return listOf(compute)(parsed(json), 'the list of compute environments');
}

const queue: Read<QueueEntry> = (value, where) => {
  const { platformCapability, shared } = object(value, where);
  return {
    platformCapability: oneOf(CAPABILITIES)(platformCapability, `${where}.platformCapability`),
    shared: optional(flag)(shared, `${where}.shared`),
  };
};

const compute: Read<ComputeEntry> = (value, where) => {
  const { name, arn, architecture, maxvCpus, instanceTypes, spot, publicSubnets, isolatedSubnets } = object(
    value,
    where,
  );
  return {
    name: text(name, `${where}.name`),
    arn: text(arn, `${where}.arn`),
    architecture: optional(text)(architecture, `${where}.architecture`),
    maxvCpus: optional(number)(maxvCpus, `${where}.maxvCpus`),
    instanceTypes: optional(listOf(text))(instanceTypes, `${where}.instanceTypes`),
    spot: optional(flag)(spot, `${where}.spot`),
    publicSubnets: optional(flag)(publicSubnets, `${where}.publicSubnets`),
    isolatedSubnets: optional(flag)(isolatedSubnets, `${where}.isolatedSubnets`),
  };
};

const job: Read<JobEntry> = (value, where) => {
  const { queue: name, kind, shareIdentifier, submissionTags, role } = object(value, where);
  return {
    queue: text(name, `${where}.queue`),
    kind: optional(oneOf(KINDS))(kind, `${where}.kind`),
    shareIdentifier: optional(text)(shareIdentifier, `${where}.shareIdentifier`),
    submissionTags: optional(recordOf(anyText))(submissionTags, `${where}.submissionTags`),
    role: optional(flag)(role, `${where}.role`),
  };
};

const team: Read<TeamEntry> = (value, where) => {
  const { shareIdentifier, tags, queues } = object(value, where);
  return {
    shareIdentifier: text(shareIdentifier, `${where}.shareIdentifier`),
    tags: recordOf(anyText)(tags, `${where}.tags`),
    queues: listOf(text)(queues, `${where}.queues`),
  };
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('it is no JSON');
  }
}
