import { Size } from 'aws-cdk-lib';
import type { CheckId } from '../../contracts/checks';
import { isShareIdentifier } from '../../contracts/rules/queue';
import { SHARE_IDENTIFIER_IN_WORDS } from '../../contracts/share-identifier';
import { findMisfit, type WaitingPlace } from '../../job/fit/check-fit';
import type { JobDemand } from '../../job/job-demand';
import { sizeOf } from '../model/container-size';
import type { JobDefinition, Task } from '../model/job-definition';
import type { JobQueue } from '../model/job-queue';
import { isLiteral } from '../model/literal';
import { type Submission, submissionsOf } from '../model/submission';
import { given, matching, rulesOf, type TemplateRule } from '../rule';
import type { Value } from '../template/template';

const rule = rulesOf(submissionsOf);

const MISSING_SHARE =
  'name one; rules and pipes cannot: use a queue without a policy, or EventBridge Scheduler or a state machine';

/** Can the jobs that a template submits be placed in the queue that it names? @internal */
export const SUBMISSION_RULES: readonly TemplateRule[] = [
  fitRule('fit-platform', 'submit the job to a queue of what it is made for'),
  fitRule('fit-multi-node', 'submit the job to a queue of on-demand instances'),
  fitRule('fit-gpu', 'submit the job to a queue with GPUs'),
  fitRule('fit-instance-type', 'ask for less, or offer larger instances'),
  fitRule('fit-max-vcpus', 'ask for less, or raise MaxvCpus'),
  rule('pipeline-share-identifier', `use ${SHARE_IDENTIFIER_IN_WORDS}`, ({ shareIdentifier }) => [
    isLiteral(shareIdentifier) ? matching(shareIdentifier, isShareIdentifier) : undefined,
  ]),
  rule('pipeline-share-missing', MISSING_SHARE, function* ({ at, queue, shareIdentifier }) {
    if (queue === undefined || !isGiven(queue.schedulingPolicy) || !shareIdentifier.isAbsent) return;
    yield { at, message: `${queue.logicalId} has a scheduling policy and serves no job without a share identifier` };
  }),
  rule('pipeline-share-unused', 'leave it out, or give the queue one', ({ queue, shareIdentifier }) => {
    const isUnused = queue?.schedulingPolicy.isAbsent === true && isLiteral(shareIdentifier);
    return [isUnused ? given(shareIdentifier, `but ${queue.logicalId} has no scheduling policy`) : undefined];
  }),
];

/** Whether something is given beyond doubt. */
const isGiven = (value: Value): boolean => value.target !== undefined || value.beginning !== undefined;

/** A rule that the constructs apply as well. */
function fitRule(check: CheckId, fix: string): TemplateRule {
  return rule(check, fix, (submission) => {
    const misfit = misfitOf(submission);
    return misfit?.check === check ? [{ at: submission.at, message: misfit.message }] : [];
  });
}

function misfitOf({ job, queue }: Submission): ReturnType<typeof findMisfit> {
  const place = queue === undefined ? undefined : placeOf(queue);
  if (job?.platform === undefined || place === undefined) return undefined;
  return findMisfit(demandsOf(job), place, job.platform);
}

/** What is known of a queue; nothing if a part of it is defined elsewhere. */
function placeOf({ logicalId, environments, isClosed }: JobQueue): WaitingPlace | undefined {
  const platforms = new Set(environments.map(({ platform }) => platform));
  const [platformCapability] = platforms;
  if (!isClosed || platforms.size !== 1 || platformCapability === undefined) return undefined;
  return {
    platformCapability,
    node: { path: logicalId },
    computeEnvironments: environments.map((environment) => ({
      platformCapability,
      node: { path: environment.logicalId },
      architecture: environment.instances?.architecture,
      offer: {
        maxvCpus: environment.resources.at('MaxvCpus').number,
        instances: environment.isClosed ? environment.instances : undefined,
        spot: environment.isSpot,
      },
    })),
  };
}

/** What a job takes; nothing if a part of it is known at deploy time only, or is of a pod. */
function demandsOf({ properties, tasks }: JobDefinition): JobDemand[] | undefined {
  const ofNodes = !properties.at('NodeProperties').isAbsent;
  const demands = tasks.map((task) => demandOf(task, ofNodes));
  return demands.every((demand) => demand !== undefined) ? demands : undefined;
}

function demandOf({ containers, nodes }: Task, ofNodes: boolean): JobDemand | undefined {
  const total = { vcpus: 0, memory: 0, gpus: 0 };
  for (const { vcpus, memoryMiB, gpus = 0 } of containers.map(sizeOf)) {
    if (vcpus === undefined || memoryMiB === undefined) return undefined;
    total.vcpus += vcpus;
    total.memory += memoryMiB;
    total.gpus += gpus;
  }
  if (ofNodes && nodes === undefined) return undefined;
  return { vcpus: total.vcpus, memory: Size.mebibytes(total.memory), gpus: total.gpus || undefined, nodes };
}
