import { App } from 'aws-cdk-lib';
import { AppStack } from './app-stack';
import { PlatformStack } from './platform-stack';

// Two repositories in one app: nothing refers from one stack to the other, so either is deployed and changed alone. The
// platform has to be there first.
const app = new App();
new PlatformStack(app, 'SharedPlatform', { maxvCpus: Number(app.node.tryGetContext('maxvCpus') ?? 64) });
new AppStack(app, 'SharedApp');
