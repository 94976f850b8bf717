import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BatchPlatform } from 'cdk-batch-platform';
import { defineCompute } from './compute';
import { defineJobs } from './jobs';
import { defineSubmissions } from './submissions';
import { defineTraining } from './training';

// Every kind of compute environment, queue, job and submission once: a catalogue to copy from, not a platform to run.
const app = new App();
const stack = new Stack(app, 'Showcase');
const platform = new BatchPlatform(stack, 'Platform', { removalPolicy: RemovalPolicy.DESTROY });

const queues = defineCompute(stack, platform);
const jobs = defineJobs(stack, platform, queues);
defineSubmissions(stack, platform, jobs);
defineTraining(stack);
