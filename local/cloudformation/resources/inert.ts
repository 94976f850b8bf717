import { randomUUID } from 'node:crypto';
import type { Reader } from '../../core/reader';
import { generatedName, hexId, type Named } from '../types/names';
import type { Attributes, ResourceContext, ResourceType } from '../types/resource-type';

/** A type that is accepted and has no behaviour: what it answers to `Ref` and `Fn::GetAtt` is all there is. */
interface InertType {
  readonly idOf: (properties: Reader, context: ResourceContext) => string;
  readonly attributesOf?: (id: string, properties: Reader, context: ResourceContext) => Attributes;
  /** Counts the updates of a resource in its attributes. */
  readonly next?: (attributes: Attributes) => Attributes;
}

const hex = (prefix: string) => (): string => hexId(prefix);

/** The same digits under another prefix: things that come along with a resource. */
const sibling = (id: string, prefix: string): string => `${prefix}-${id.slice(id.lastIndexOf('-') + 1)}`;

const named =
  (property: string, longest: number) =>
  (properties: Reader, context: Named): string =>
    properties.optionalText(property) ?? generatedName(context, longest);

/** The id under its name, and an ARN that ends with it. */
const idAndArn =
  (idName: string, service: string, kind: string, arnName = 'Arn') =>
  (id: string, _properties: Reader, context: ResourceContext): Attributes => ({
    [idName]: id,
    [arnName]: context.arn(service, `${kind}/${id}`),
  });

const nextVersion = (attributes: Attributes): Attributes => ({
  ...attributes,
  LatestVersionNumber: String(Number(attributes.LatestVersionNumber) + 1),
});

const alarm: InertType = {
  idOf: named('AlarmName', 255),
  attributesOf: (id, _properties, context) => ({ Arn: context.arn('cloudwatch', `alarm:${id}`) }),
};

const table: Readonly<Record<string, InertType>> = {
  'AWS::CDK::Metadata': { idOf: () => randomUUID() },
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
  'AWS::CloudWatch::Dashboard': { idOf: named('DashboardName', 255) },
  'AWS::EC2::EIP': {
    idOf: () => `203.0.113.${1 + Math.floor(Math.random() * 254)}`,
    attributesOf: (id) => ({ PublicIp: id, AllocationId: hexId('eipalloc') }),
  },
  'AWS::EC2::EgressOnlyInternetGateway': { idOf: hex('eigw'), attributesOf: (id) => ({ Id: id }) },
  'AWS::EC2::FlowLog': { idOf: hex('fl'), attributesOf: (id) => ({ Id: id }) },
  'AWS::EC2::InternetGateway': { idOf: hex('igw'), attributesOf: (id) => ({ InternetGatewayId: id }) },
  'AWS::EC2::LaunchTemplate': {
    idOf: hex('lt'),
    attributesOf: (id) => ({ LaunchTemplateId: id, LatestVersionNumber: '1', DefaultVersionNumber: '1' }),
    next: nextVersion,
  },
  'AWS::EC2::NatGateway': { idOf: hex('nat'), attributesOf: (id) => ({ NatGatewayId: id }) },
  'AWS::EC2::PlacementGroup': {
    idOf: (_properties, context) => generatedName(context, 255),
    attributesOf: (id) => ({ GroupName: id, GroupId: hexId('pg') }),
  },
  'AWS::EC2::Route': {
    idOf: (properties) =>
      `${properties.text('RouteTableId')}|${properties.optionalText('DestinationCidrBlock') ?? 'route'}`,
    attributesOf: (_id, properties) => ({ CidrBlock: properties.optionalText('DestinationCidrBlock') }),
  },
  'AWS::EC2::RouteTable': { idOf: hex('rtb'), attributesOf: (id) => ({ RouteTableId: id }) },
  'AWS::EC2::SecurityGroup': {
    idOf: hex('sg'),
    attributesOf: (id, properties) => ({ GroupId: id, Id: id, VpcId: properties.optionalText('VpcId') }),
  },
  'AWS::EC2::SecurityGroupEgress': { idOf: hex('sgr'), attributesOf: (id) => ({ Id: id }) },
  'AWS::EC2::SecurityGroupIngress': { idOf: hex('sgr'), attributesOf: (id) => ({ Id: id }) },
  'AWS::EC2::Subnet': {
    idOf: hex('subnet'),
    attributesOf: (id, properties) => ({
      SubnetId: id,
      AvailabilityZone: properties.optionalText('AvailabilityZone'),
      CidrBlock: properties.optionalText('CidrBlock'),
      Ipv6CidrBlocks: [],
      NetworkAclAssociationId: sibling(id, 'aclassoc'),
      VpcId: properties.optionalText('VpcId'),
    }),
  },
  'AWS::EC2::SubnetRouteTableAssociation': { idOf: hex('rtbassoc'), attributesOf: (id) => ({ Id: id }) },
  'AWS::EC2::VPC': {
    idOf: hex('vpc'),
    attributesOf: (id, properties) => ({
      VpcId: id,
      CidrBlock: properties.optionalText('CidrBlock'),
      CidrBlockAssociations: [sibling(id, 'vpc-cidr-assoc')],
      DefaultNetworkAcl: sibling(id, 'acl'),
      DefaultSecurityGroup: sibling(id, 'sg'),
      Ipv6CidrBlocks: [],
    }),
  },
  'AWS::EC2::VPCEndpoint': {
    idOf: hex('vpce'),
    attributesOf: (id) => ({ Id: id, DnsEntries: [], NetworkInterfaceIds: [] }),
  },
  'AWS::EC2::VPCGatewayAttachment': {
    idOf: (properties) => `IGW|${properties.text('VpcId')}`,
    attributesOf: () => ({ AttachmentType: 'IGW' }),
  },
  'AWS::ECR::Repository': {
    idOf: (properties, context) => named('RepositoryName', 256)(properties, context).toLowerCase(),
    attributesOf: (id, _properties, context) => ({
      Arn: context.arn('ecr', `repository/${id}`),
      RepositoryUri: `${context.account}.dkr.ecr.${context.region}.amazonaws.com/${id}`,
    }),
  },
  'AWS::EFS::AccessPoint': {
    idOf: hex('fsap'),
    attributesOf: idAndArn('AccessPointId', 'elasticfilesystem', 'access-point'),
  },
  'AWS::EFS::FileSystem': {
    idOf: hex('fs'),
    attributesOf: idAndArn('FileSystemId', 'elasticfilesystem', 'file-system'),
  },
  'AWS::EFS::MountTarget': {
    idOf: hex('fsmt'),
    attributesOf: (id) => ({ Id: id, IpAddress: '192.0.2.1' }),
  },
  'AWS::EKS::AccessEntry': {
    idOf: (properties) => `${properties.text('PrincipalArn')}|${properties.text('ClusterName')}`,
    attributesOf: (_id, properties, context) => ({
      AccessEntryArn: context.arn('eks', `access-entry/${properties.text('ClusterName')}/${randomUUID()}`),
    }),
  },
  'AWS::EKS::PodIdentityAssociation': {
    idOf: (properties, context) =>
      context.arn('eks', `podidentityassociation/${properties.text('ClusterName')}/${hexId('a')}`),
    attributesOf: (id) => ({ AssociationArn: id, AssociationId: id.slice(id.lastIndexOf('/') + 1) }),
  },
  'AWS::FSx::FileSystem': {
    idOf: hex('fs'),
    attributesOf: (id, properties, context) => ({
      ...idAndArn('Id', 'fsx', 'file-system', 'ResourceARN')(id, properties, context),
      ...{ DNSName: `${id}.fsx.${context.region}.amazonaws.com`, LustreMountName: 'fsx' },
    }),
  },
  'AWS::S3Files::AccessPoint': {
    idOf: hex('fsap'),
    attributesOf: (id, properties, context) => {
      const kind = `file-system/${properties.text('FileSystemId')}/access-point`;
      return idAndArn('AccessPointId', 's3files', kind, 'AccessPointArn')(id, properties, context);
    },
  },
  'AWS::S3Files::FileSystem': {
    idOf: (_properties, context) => context.arn('s3files', `file-system/${hexId('fs')}`),
    attributesOf: (id) => ({ FileSystemArn: id, FileSystemId: id.slice(id.lastIndexOf('/') + 1) }),
  },
  'AWS::S3Files::FileSystemPolicy': { idOf: (properties) => properties.text('FileSystemId') },
  'AWS::S3Files::MountTarget': {
    idOf: hex('fsmt'),
    attributesOf: (id) => ({ MountTargetId: id, NetworkInterfaceId: sibling(id, 'eni') }),
  },
};

const inert = (type: string, { idOf, attributesOf, next }: InertType): ResourceType => ({
  type,
  create: (properties, context) => {
    const id = idOf(properties, context);
    return Promise.resolve({ id, attributes: attributesOf?.(id, properties, context) ?? {} });
  },
  update: ({ id, attributes }) => Promise.resolve({ id, attributes: next?.(attributes) ?? attributes }),
  delete: () => Promise.resolve(),
});

/** Types that a stack may have and that do nothing here. */
export const inertTypes: readonly ResourceType[] = Object.entries(table).map(([type, entry]) => inert(type, entry));
