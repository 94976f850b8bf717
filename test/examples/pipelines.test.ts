import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { PipelineStack } from '../../examples/pipelines/pipeline-stack';
import { featureFlags } from '../support/stack';

const app = new App({ context: featureFlags() });
const stack = new PipelineStack(app, 'PlatformPipeline');

test('a pipeline deploys a platform for each stage, production after somebody has agreed', () => {
  const json = JSON.stringify(Template.fromStack(stack).findResources('AWS::CodePipeline::Pipeline'));
  const names = [...json.matchAll(/"Name":"([\w.]+)"/g)].map(([, name]) => name);
  expect(names.filter((name) => ['UpdatePipeline', 'Dev', 'Release', 'Prod'].includes(name))).toEqual([
    'UpdatePipeline',
    'Dev',
    'Release',
    'Prod',
  ]);
});

test('the platform of each stage has its name', () => {
  const templates = app
    .synth()
    .nestedAssemblies.flatMap(({ nestedAssembly }) =>
      nestedAssembly.stacks.map(({ template }: { readonly template: unknown }) => JSON.stringify(template)),
    );
  expect(templates).toHaveLength(2);
  expect(templates[0]).toContain('"/batch-platform/dev"');
  expect(templates[1]).toContain('"/batch-platform/prod"');
});
