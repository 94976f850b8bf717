import type { CheckId } from '../../lib/contracts/checks';
import { BatchChecks } from '../../lib';

const CDK = 'the validator of the CDK finds it';
const SUBNETS = 'routes, addresses and VPC endpoints of subnets are mostly defined elsewhere';
const ESTIMATE = 'what depends on an estimate or on prices is said to those who use the constructs only';
const GATEWAY = 'a gateway is a function with constructs of this library around it';
const KEY = 'the policy of a key that is not in the template is not known';
const IMPORTED = 'what is known of an imported platform is not in a template';
const ROLE = 'no property says which role the code in the pod has';

/** Checks that are not read from templates, and why. */
export const NOT_IN_TEMPLATES: Readonly<Partial<Record<CheckId, string>>> = {
  'fit-architecture': 'no property says for which architecture an image of a job on EC2 is made',
  'fit-memory-tight': ESTIMATE,
  'fit-gpu-unused': ESTIMATE,
  'compute-endpoints': SUBNETS,
  'compute-public-addresses': SUBNETS,
  'job-public-address': SUBNETS,
  'job-image-unreachable': SUBNETS,
  'compute-eks-node-access': 'who else is in the aws-auth ConfigMap is known to the cluster only',
  'key-policy': KEY,
  'queue-priority': CDK,
  'queue-time-limit': CDK,
  'queue-share-decay': CDK,
  'queue-compute-reservation': CDK,
  'queue-borrow-limit': CDK,
  'job-eks-unknown-role': ROLE,
  'job-eks-service-account': 'the namespace of a service account is known to the cluster only',
  'job-eks-image': 'no property refers to Secrets Manager there: the mistake cannot be written down',
  'pipeline-event-bus': 'which bucket starts what is text inside of a rule',
  'pipeline-gateway-queue': GATEWAY,
  'pipeline-gateway-quota': GATEWAY,
  'pipeline-gateway-shell': GATEWAY,
  'pipeline-gateway-size': GATEWAY,
  'pipeline-gateway-team': GATEWAY,
  'pipeline-tags-missing': 'which tags the jobs of a definition should have, no property says',
  'pipeline-trigger-loop': 'what the jobs of a pipeline write is known to constructs only',
  'platform-descriptor': IMPORTED,
  'platform-descriptor-size': 'its values are known at the deployment',
  'platform-job-unknown': IMPORTED,
  'platform-name': 'a name that is not allowed is in no template',
  'platform-name-taken': 'it is about the stacks of an app',
  'platform-name-environment': 'it is about the stacks of an app',
  'platform-queue-unknown': IMPORTED,
  'platform-team-unknown': IMPORTED,
  'platform-team-queue': 'a team is a construct of this library',
  'pipeline-trigger-prefix': 'a prefix is text inside of a rule, of which nobody says that it is of keys of S3',
};

const inTemplates: ReadonlySet<string> = new Set(new BatchChecks().ruleIds);

/** Whether the policy pack reads a check from a template. */
export const isInTemplates = (id: string): boolean => inTemplates.has(id);
