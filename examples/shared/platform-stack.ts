import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { BatchJob, BatchPlatform, JobLogging, SubmissionQuota } from 'cdk-batch-platform';
import type { Construct } from 'constructs';
import { memberRole } from './member-role';

/** What may change while others use the platform. */
export interface PlatformStackProps extends StackProps {
  /** Most vCPUs of each compute environment. */
  readonly maxvCpus: number;
}

/** What the platform team deploys: a platform, a job for everybody, and two teams that share a queue. */
export class PlatformStack extends Stack {
  public constructor(scope: Construct, id: string, { maxvCpus, ...props }: PlatformStackProps) {
    super(scope, id, props);
    const platform = new BatchPlatform(this, 'Platform', {
      itemPrefixes: ['items/'],
      platformName: 'shared',
      maxvCpus,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const research = platform.addTeam('research', {
      weightFactor: 0.5,
      tags: { costCenter: '42' },
      quota: SubmissionQuota.perDay(20),
    });
    platform.addTeam('film');

    const checksum = new BatchJob(this, 'Checksum', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22-slim'),
      command: ['node', '-e', 'console.log("checked by", process.env.BATCH_PLATFORM_SUBMISSION_ID ?? "hand")'],
      queue: research.queue,
      shareIdentifier: research.shareIdentifier,
      submissionTags: research.tags,
      logging: JobLogging.awsLogs({ logGroup: research.logGroup }),
    });
    platform.addJob('checksum', checksum);

    const member = memberRole(this, 'Member');
    research.grants.submit(member, checksum);
    research.grants.operate(member);
    research.grants.read(member);
    research.gateway.grants.invoke(member);
    new CfnOutput(this, 'ResearchFunction', { value: research.gateway.submitFunction.functionArn });
    new CfnOutput(this, 'MemberRole', { value: member.roleArn });
  }
}
