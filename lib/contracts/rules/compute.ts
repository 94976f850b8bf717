import { familyOf } from '../instances/instance-facts';
import type { Range } from './range';

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html */
export const MAX_SECURITY_GROUPS = 5;
export const MAX_SUBNETS_ON_FARGATE = 16;
export const SPOT_PRICE_PERCENTAGE: Range = [1, 100];

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdatePolicy.html */
export const UPDATE_TIMEOUT_MINUTES: Range = [1, 7_200];

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeScalingPolicy.html */
export const SCALE_DOWN_MINUTES: Range = [20, 10_080];

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_InfrastructureOptimization.html */
export const SCALE_IN_SECONDS: Range = [0, 3_600];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-batch-computeenvironment-launchtemplatespecificationoverride.html */
export const MAX_OVERRIDES = 10;

/** https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
export const ROOT_VOLUME = {
  gibibytes: [30, 65_536],
  iops: [3_000, 80_000],
  throughput: [125, 2_000],
  iopsPerGibibyte: 500,
  iopsPerMebibyte: 4,
} as const;

const MIME = /^(mime-version|content-type:\s*multipart\/)/i;

/** Whether text is MIME multipart, which AWS Batch asks for: it adds parts of its own. */
export const isMime = (text: string): boolean => MIME.test(text);

/** Whether an image type of AWS Batch is on Amazon Linux 2, which has ended. */
export const isOnAmazonLinux2 = (imageType: string): boolean => /_AL2(_|$)/.test(imageType);

/** Whether a version of a launch template stays what it is. */
export const isPinned = (version: string): boolean => !version.startsWith('$');

/** Whether a version of Kubernetes is major and minor version only. */
export const isKubernetesVersion = (version: string): boolean => /^\d+\.\d+$/.test(version);

/** Whether two names of types or families have instances in common: a family holds its types. */
export const overlap = (one: string, other: string): boolean =>
  one === other || (familyOf(one) === familyOf(other) && !(one.includes('.') && other.includes('.')));
