import { App, Stack } from 'aws-cdk-lib';
import { BatchPlatform } from '../lib';

const app = new App();
const stack = new Stack(app, 'BatchPlatform');

new BatchPlatform(stack, 'Platform');
