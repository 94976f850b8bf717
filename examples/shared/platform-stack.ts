import { CfnOutput, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { BatchJob, BatchPlatform, JobLogging, SubmissionQuota } from 'cdk-batch-platform';
import type { Construct } from 'constructs';

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

    const member = new iam.Role(this, 'Member', { assumedBy: new iam.AccountRootPrincipal() });
    for (const pack of ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']) {
      const reason = 'the policy is of this one role, and goes with it';
      Validations.of(member).acknowledge({ id: `${pack}-IAMNoInlinePolicy`, reason });
    }
    research.grants.submit(member, checksum);
    research.grants.operate(member);
    research.grants.read(member);
    research.gateway.grants.invoke(member);
    new CfnOutput(this, 'ResearchFunction', { value: research.gateway.submitFunction.functionArn });
    new CfnOutput(this, 'MemberRole', { value: member.roleArn });
  }
}
