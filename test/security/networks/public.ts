import { App, Stack } from 'aws-cdk-lib';
import { BatchPlatform, PublicBatchNetwork } from 'cdk-batch-platform';

const app = new App();
const stack = new Stack(app, 'Public');
const { vpc } = new PublicBatchNetwork(stack, 'Network');
new BatchPlatform(stack, 'Platform', { vpc });

app.synth();
