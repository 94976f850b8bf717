import { App, Stack } from 'aws-cdk-lib';

// What any app of the CDK costs: one stack, nothing in it.
const app = new App();
new Stack(app, 'Empty', { env: { account: '111111111111', region: 'eu-west-1' } });
app.synth();
