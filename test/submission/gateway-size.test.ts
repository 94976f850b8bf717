import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, PlatformCapability, SubmissionGateway, SubmissionQuota } from '../../lib';
import { environmentBytes } from '../../lib/submission/gateway-environment';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

let stack: Stack;
let gateway: SubmissionGateway;
let job: BatchJob;

beforeEach(() => {
  stack = newStack();
  const queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
  gateway = new SubmissionGateway(stack, 'Gateway', {
    bucket: new s3.Bucket(stack, 'Data'),
    queues: { shared: queue },
  });
  job = new BatchJob(stack, 'Job', { image: ecs.ContainerImage.fromRegistry('busybox'), queue });
});

/** Jobs and teams as a platform names them: a job of 10 characters, a team of 8 with a tag, a queue and a quota. */
const fill = (jobs: number, teams: number) => {
  for (let index = 0; index < jobs; index += 1) gateway.addJob(`job-of-${100 + index}`, job);
  for (let index = 0; index < teams; index += 1) {
    const name = `team-${100 + index}`;
    const queues = [job.queue];
    gateway.addTeam(name, { queues, tags: { team: `shared/${name}` }, quota: SubmissionQuota.perDay(10_000) });
  }
};
const warnings = () => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('pipeline-gateway-size'));

describe('the environment of a gateway', () => {
  test('is measured with the names of variables, and with what CloudFormation fills in', () => {
    fill(1, 0);
    const names = 'DATA_BUCKET' + 'ITEM_SOURCES' + 'SUBMISSION_TARGETS';
    const targets = '{"jobs":{"job-of-100":{"jobDefinition":"","queue":"shared"}},"queues":{"shared":{"arn":""}}}';
    const least = names.length + '[]'.length + targets.length;
    expect(environmentBytes(gateway.submitFunction)).toEqual({ least, about: least + 60 + 60 + 100 });
  });

  test.each([
    [32, 0],
    [15, 10],
  ])('takes %d jobs and %d teams', (jobs, teams) => {
    fill(jobs, teams);
    expect(warnings()).toEqual([]);
  });

  test.each([
    [40, 0, /the gateway has 40 jobs, about \d{4} bytes of the 4096 bytes that a function has for its environment/],
    [20, 15, /the gateway has 20 jobs and 15 teams, about/],
  ])('has a warning for %d jobs and %d teams [pipeline-gateway-size]', (jobs, teams, message) => {
    fill(jobs, teams);
    expect(warnings().map(({ entry }) => JSON.stringify(entry.data))).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    [100, 0, 'the gateway has 100 jobs, more than fit into the 4096 bytes'],
    [1, 50, 'the gateway has 1 jobs and 50 teams, more than fit into the 4096 bytes'],
  ])('surely has no room for %d jobs and %d teams', (jobs, teams, message) => {
    fill(jobs, teams);
    expect(() => Template.fromStack(stack)).toThrow(message);
    expect(() => Template.fromStack(stack)).toThrow('spread them over several gateways (in Stack/Gateway)');
  });
});
