import type { Duration } from 'aws-cdk-lib';

/** How much compute one share gets, compared with the others. */
export interface FairShare {
  /**
   * Identifier that jobs name: up to 255 letters, digits, hyphens and underscores. With a `*` at its end it stands for all
   * identifiers that begin so, each a share of its own.
   */
  readonly shareIdentifier: string;

  /**
   * How much less than others the share gets, from 0.0001 to 999.9999: **lower is more**. A share of 0.5 gets twice the
   * compute of one of 1.
   *
   * @default 1
   */
  readonly weightFactor?: number;
}

/** How the compute of a queue is divided between shares. */
export interface FairShareSchedulingPolicyProps {
  /**
   * Shares that get more or less than others. None may contain another: `team*` and `teamA` are refused.
   *
   * Jobs may name other shares as well: those have the weight factor 1. A queue has at most 500 shares with jobs at a
   * time; jobs that would add another are refused
   * (https://docs.aws.amazon.com/batch/latest/APIReference/API_ShareAttributes.html).
   *
   * @default - all shares get the same
   */
  readonly shares?: FairShare[];

  /**
   * How far back the use of compute counts, up to 7 days: who has used much of it lately gets less now. Worth setting
   * when jobs run for more than 10 minutes.
   *
   * @default - the shortest time, 10 minutes
   */
  readonly shareDecay?: Duration;

  /**
   * Percentage of `maxvCpus` that is kept free for shares that have no jobs yet, from 0 to 99.
   *
   * It applies once for each share with jobs: of 50, one share with jobs leaves 50 % free, two leave 25 %, three 12.5 %.
   *
   * @default 0
   */
  readonly computeReservation?: number;

  /**
   * Name of the policy: up to 128 letters, digits, hyphens and underscores.
   *
   * With a name, a change of `tags` fails, for it replaces the policy and the name is taken.
   *
   * @default - a name made by CloudFormation
   */
  readonly schedulingPolicyName?: string;

  /**
   * Tags of the policy. A change of them replaces the policy; its queues take the new one.
   *
   * `Tags.of()` does not get here, for the same reason.
   *
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
}
