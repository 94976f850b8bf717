import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';

/** Lets principals of this account at resources of this account, so that no data leaves it. @internal */
export function keepInAccount(endpoint: ec2.GatewayVpcEndpoint, actions: string): void {
  const { account } = Stack.of(endpoint);
  endpoint.addToPolicy(
    new iam.PolicyStatement({
      sid: 'OwnAccount',
      principals: [new iam.AnyPrincipal()],
      actions: [actions],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
    }),
  );
}

/**
 * Lets the layers of images in, which Amazon ECR keeps in a bucket of its own, and packages of Amazon Linux 2023.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-setting-up-s3-gateway
 * @internal
 */
export function letImagesIn(endpoint: ec2.GatewayVpcEndpoint): void {
  const stack = Stack.of(endpoint);
  const objectsOf = (bucket: string): string =>
    stack.formatArn({ service: 's3', account: '', region: '', resource: bucket, resourceName: '*' });
  endpoint.addToPolicy(
    new iam.PolicyStatement({
      sid: 'ImagesAndPackages',
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [
        objectsOf(`prod-${stack.region}-starport-layer-bucket`),
        objectsOf(`al2023-repos-${stack.region}-de612dc2`),
      ],
    }),
  );
}
