import { RemovalPolicy, Stack, Stage, type StackProps } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import { BatchPlatform, type BatchPlatformProps } from 'cdk-batch-platform';
import type { Construct } from 'constructs';

/** A stage with a platform; pass an `env` as well to have it in an account of its own. */
class PlatformStage extends Stage {
  public constructor(scope: Construct, id: string, props: BatchPlatformProps) {
    super(scope, id);
    new BatchPlatform(new Stack(this, 'BatchPlatform'), 'Platform', props);
  }
}

/** A pipeline that deploys itself, then the platform of each stage: production only after somebody has agreed. */
export class PipelineStack extends Stack {
  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const repository = codecommit.Repository.fromRepositoryName(this, 'Repository', 'batch-platform');
    const pipeline = new CodePipeline(this, 'Pipeline', {
      synth: new ShellStep('Synth', {
        input: CodePipelineSource.codeCommit(repository, 'main'),
        commands: ['npm ci', 'npm run build', 'npx cdk synth'],
      }),
      crossAccountKeys: true,
      enableKeyRotation: true,
    });

    const { DESTROY } = RemovalPolicy;
    pipeline.addStage(new PlatformStage(this, 'Dev', { platformName: 'dev', maxvCpus: 16, removalPolicy: DESTROY }));
    pipeline.addStage(new PlatformStage(this, 'Prod', { platformName: 'prod' }), {
      pre: [new ManualApprovalStep('Release')],
    });
  }
}
