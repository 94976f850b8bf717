import { App } from 'aws-cdk-lib';
import { PipelineStack } from './pipeline-stack';

// Deployed once by hand; from then on by each push to the repository.
new PipelineStack(new App(), 'PlatformPipeline');
