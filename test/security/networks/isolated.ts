import { App, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { BatchEndpoints, BatchJob, BatchPlatform, DataKey, IsolatedBatchNetwork, JobSize } from 'cdk-batch-platform';

const app = new App();
const stack = new Stack(app, 'Isolated');
const encryptionKey = new DataKey(stack, 'Key');
const { vpc } = new IsolatedBatchNetwork(stack, 'Network', { encryptionKey });
const platform = new BatchPlatform(stack, 'Platform', { vpc, encryptionKey });
new BatchJob(stack, 'Job', {
  image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'images')),
  size: JobSize.of(1, Size.gibibytes(2)),
  queue: platform.queue('standard'),
});

// A network whose address range is known at deploy time only, and one that is defined elsewhere.
const others = new Stack(app, 'Others');
new IsolatedBatchNetwork(others, 'Allocated', {
  ipAddresses: ec2.IpAddresses.awsIpamAllocation({
    ipv4IpamPoolId: 'ipam-pool-0123456789abcdef0',
    ipv4NetmaskLength: 16,
    defaultSubnetIpv4NetmaskLength: 20,
  }),
});
new BatchEndpoints(others, 'Endpoints', {
  vpc: ec2.Vpc.fromVpcAttributes(others, 'Elsewhere', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    privateSubnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002'],
    privateSubnetRouteTableIds: ['rtb-00000000000000001', 'rtb-00000000000000002'],
  }),
});

app.synth();
