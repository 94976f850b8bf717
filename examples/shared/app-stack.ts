import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { BatchJob, BatchPipeline, BatchPlatform, PipelineStep, PipelineTrigger } from 'cdk-batch-platform';
import type { Construct } from 'constructs';
import { memberRole } from './member-role';

/** What a team deploys from a repository of its own: it knows the platform by its name, and nothing else of it. */
export class AppStack extends Stack {
  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const platform = BatchPlatform.fromName(this, 'Platform', 'shared', {
      jobs: { checksum: { queue: 'teams', team: 'research' } },
      teams: { research: { tags: { costCenter: '42' } } },
    });
    const film = platform.team('film');

    const count = new BatchJob(this, 'Count', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22-slim'),
      command: ['node', '-e', 'console.log("counted", process.env.AWS_BATCH_JOB_ARRAY_INDEX ?? 0)'],
      queue: film.queue,
      shareIdentifier: film.shareIdentifier,
      submissionTags: film.tags,
      reads: [platform.bucket],
    });
    const pipeline = new BatchPipeline(this, 'Counts', {
      trigger: PipelineTrigger.objectCreated(platform.bucket, { prefix: 'counts/' }),
      steps: [PipelineStep.array(count), PipelineStep.collect(platform.job('checksum'))],
    });

    const guest = memberRole(this, 'Guest');
    const { gateway } = platform.team('research');
    gateway.grants.invoke(guest);

    new CfnOutput(this, 'GuestRole', { value: guest.roleArn });
    new CfnOutput(this, 'ResearchFunction', { value: gateway.submitFunction.functionArn });
    new CfnOutput(this, 'Bucket', { value: platform.bucket.bucketName });
    new CfnOutput(this, 'Function', { value: platform.gateway.submitFunction.functionArn });
    new CfnOutput(this, 'StateMachine', { value: pipeline.stateMachine.stateMachineArn });
  }
}
