import { Resource } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import { checkName } from '../queue/physical-name';
import type { CapacityLimit } from './capacity-limit';
import { checkCapacityLimits } from './capacity-limit-check';

/** Where training jobs run, defined here or imported. */
export interface IServiceEnvironment extends batch.IServiceEnvironmentRef {
  /**
   * ARN of the service environment.
   *
   * @attribute
   */
  readonly serviceEnvironmentArn: string;

  /**
   * Most instances that training jobs have at the same time.
   *
   * @default - not known: queues are not compared with them
   */
  readonly capacityLimits?: CapacityLimit[];
}

/** How much training jobs get. */
export interface ServiceEnvironmentProps {
  /**
   * Most instances at the same time: the limit of what it can cost. One limit for instances of any type, or 1 to 5 for
   * given types on a queue of quota shares.
   */
  readonly capacityLimits: CapacityLimit[];

  /**
   * Whether waiting jobs start. Those that run already run to their end in any case.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Name of the service environment: up to 128 letters, digits, hyphens and underscores. A new name replaces it.
   *
   * @default - a name made by CloudFormation
   */
  readonly serviceEnvironmentName?: string;

  /**
   * Tags of the service environment, beside those of `Tags.of()`.
   *
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
}

/**
 * Defines where training jobs of Amazon SageMaker AI run, and how much of it they get.
 *
 * It costs nothing; SageMaker AI charges the instances while jobs run. An account has at most 50 per region
 * (https://docs.aws.amazon.com/batch/latest/userguide/service-environments.html).
 */
export class ServiceEnvironment extends Resource implements IServiceEnvironment {
  /** Refers to a service environment that is defined elsewhere. */
  public static fromServiceEnvironmentArn(
    scope: Construct,
    id: string,
    serviceEnvironmentArn: string,
  ): IServiceEnvironment {
    class Imported extends Resource implements IServiceEnvironment {
      public readonly serviceEnvironmentArn = serviceEnvironmentArn;
      public readonly serviceEnvironmentRef = { serviceEnvironmentArn };
    }
    return new Imported(scope, id, { environmentFromArn: serviceEnvironmentArn });
  }

  /** ARN of the service environment. */
  public readonly serviceEnvironmentArn: string;

  /** Most instances that training jobs have at the same time. */
  public readonly capacityLimits?: CapacityLimit[];

  constructor(scope: Construct, id: string, props: ServiceEnvironmentProps) {
    super(scope, id);
    checkCapacityLimits(this, props.capacityLimits);
    checkName(this, 'serviceEnvironmentName', props.serviceEnvironmentName);
    this.capacityLimits = props.capacityLimits;

    const resource = new batch.CfnServiceEnvironment(this, 'Resource', {
      serviceEnvironmentName: props.serviceEnvironmentName,
      serviceEnvironmentType: 'SAGEMAKER_TRAINING',
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      capacityLimits: props.capacityLimits.map(({ maxCapacity, capacityUnit }) => ({ maxCapacity, capacityUnit })),
      tags: props.tags,
    });
    this.serviceEnvironmentArn = resource.attrServiceEnvironmentArn;
  }

  /** Reference that other libraries and the L1 constructs take. */
  public get serviceEnvironmentRef(): batch.ServiceEnvironmentReference {
    return { serviceEnvironmentArn: this.serviceEnvironmentArn };
  }
}
