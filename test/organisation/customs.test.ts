import { Aspects, CfnResource, DefaultStackSynthesizer, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Json, propertiesOf } from '../support/policies';
import { ENTRIES } from '../support/entries';
import { placesOf, type Synthesised, synthesised } from './apps';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const BOUNDARY = 'arn:aws:iam::111111111111:policy/boundary';

/** Names that an organisation gives by rule, and the property that has them. */
const NAMED: Readonly<Partial<Record<string, string>>> = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Logs::LogGroup': 'LogGroupName',
};

// A pipeline of aws-cdk-lib refers to its own roles by name, from stack to stack.
describe.each(ENTRIES.filter((entry) => !entry.includes('/pipelines/')))(
  '%s in an organisation with customs of its own',
  (entry) => {
    let given: Synthesised;
    const ofType = (...types: string[]): Json[] =>
      given.resources.map(([, resource]) => resource).filter(({ Type }) => types.includes(String(Type)));

    beforeAll(async () => {
      given = await synthesised(entry, {
        env: ENV,
        props: {
          context: { '@aws-cdk/core:bootstrapQualifier': 'acme' },
          defaultStackSynthesizer: new DefaultStackSynthesizer({
            fileAssetsBucketName: 'acme-assets-${AWS::Region}',
            qualifier: 'acme',
          }),
        },
        prepare: (app) => {
          iam.PermissionsBoundary.of(app).apply(iam.ManagedPolicy.fromManagedPolicyArn(app, 'Boundary', BOUNDARY));
          Tags.of(app).add('CostCentre', '4711');
          Aspects.of(app).add({
            visit: (node) => {
              if (!CfnResource.isCfnResource(node)) return;
              const property = NAMED[node.cfnResourceType];
              if (property !== undefined) node.addPropertyOverride(property, `acme-${node.node.addr.slice(0, 20)}`);
            },
          });
        },
      });
    }, 60_000);

    test('every role has the permissions boundary', () => {
      const roles = ofType('AWS::IAM::Role', 'AWS::IAM::User');
      expect(roles.length).toBeGreaterThan(0);
      expect(roles.map((role) => propertiesOf(role).PermissionsBoundary)).toEqual(roles.map(() => BOUNDARY));
    });

    test('assets come from the bucket of the synthesizer, and nothing from that of AWS', () => {
      const buckets = ofType('AWS::Lambda::Function').map((one) => JSON.stringify(propertiesOf(one).Code));
      expect(buckets.filter((bucket) => !bucket.includes('acme-assets-'))).toEqual([]);
      expect(given.text).not.toContain('hnb659fds');
    });

    test('the bootstrap version is that of the qualifier', () => {
      expect(given.text).toContain('/cdk-bootstrap/acme/version');
    });

    test('tags are on all that can be changed in place, and on nothing of AWS Batch that would be replaced', () => {
      const tagged = (types: readonly string[]): boolean[] =>
        ofType(...types).map((resource) => JSON.stringify(propertiesOf(resource).Tags ?? '').includes('CostCentre'));
      expect(tagged(['AWS::S3::Bucket', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::KMS::Key'])).not.toContain(
        false,
      );
      const replaced = ['ComputeEnvironment', 'JobQueue', 'SchedulingPolicy', 'JobDefinition'];
      expect(tagged(replaced.map((type) => `AWS::Batch::${type}`))).not.toContain(true);
    });

    test('what is named by rule is referred to by its resource', () => {
      const names = ofType(...Object.keys(NAMED)).map((one) => {
        const property = NAMED[String(one.Type)];
        return property === undefined ? undefined : propertiesOf(one)[property];
      });
      expect(names.filter((name) => !String(name).startsWith('acme-'))).toEqual([]);
      const places = placesOf(given.resources, 'acme-').filter((place) => !place.includes('.Code.'));
      expect(
        places.filter((place) => !Object.values(NAMED).some((one) => place.endsWith(`.Properties.${one}`))),
      ).toEqual([]);
    });
  },
);
