import { App, CfnOutput, Duration, Size, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { BatchJob, BatchPipeline, BatchPlatform, JobSize, PipelineStep, PipelineTrigger } from 'cdk-batch-platform';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';

/** What l2-production-stack.ts has, defined with this library; bench/README.md tells what differs. */
export class OurProdBatch extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
      vpcCidrBlock: '10.0.0.0/16',
    });

    //#region Platform: key, data bucket, compute, queues
    const platform = new BatchPlatform(this, 'Platform', { vpc, maxvCpus: 512 });
    platform.addGpuQueue();
    //#endregion

    //#region Job
    const repository = new ecr.Repository(this, 'Repo', { encryptionKey: platform.encryptionKey });
    const job = new BatchJob(this, 'Job', {
      image: ecs.ContainerImage.fromEcrRepository(repository, 'v1'),
      command: ['process', '--in', 'Ref::inputUri', '--out', 'Ref::outputUri'],
      parameters: { inputUri: 'none', outputUri: 'none' },
      size: JobSize.of(4, Size.gibibytes(8)),
      queue: platform.queue('standard'),
      timeout: Duration.hours(6),
      reads: [platform.bucket],
      writes: [platform.bucket],
      readonlyRootFilesystem: true,
    });
    //#endregion

    //#region Pipeline
    new BatchPipeline(this, 'Pipeline', {
      trigger: PipelineTrigger.objectCreated(platform.bucket, { prefix: 'input/' }),
      steps: [PipelineStep.array(job)],
    });
    //#endregion

    //#region Outputs
    new CfnOutput(this, 'NormalQueue', { value: platform.queue('standard').jobQueueArn });
    new CfnOutput(this, 'JobDefinitionName', { value: job.jobDefinitionName });
    //#endregion
  }
}
const app = new App({ context: flags });
new OurProdBatch(app, 'Prod', { env: { account: '111111111111', region: 'eu-west-1' } });
app.synth();
