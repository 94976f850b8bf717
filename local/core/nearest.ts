/** What comes nearest to services and operations that are not there, and that people look for. */
const NEAREST: Readonly<Partial<Record<string, string>>> = {
  ecr: "images are not built or pushed here: name one of a registry, with '--workdir IMAGE=DIR' or '--runner docker'",
  'batch:SubmitServiceJob': 'queues for training jobs are kept, and nothing runs in them',
  'cloudformation:CreateStack': 'use a change set, as the CDK CLI does',
  'cloudformation:DetectStackDrift': "compare with 'cdk diff'",
  'cloudformation:UpdateStack': 'use a change set, as the CDK CLI does',
  'ec2:DescribeVpcs': 'make a VPC in the app, or give its attributes instead of looking it up',
  'logs:StartQuery': 'use FilterLogEvents',
  's3:ListObjects': 'use ListObjectsV2',
};

/** What somebody can do who asked for a service or an operation that is not there; undefined where there is nothing. */
export const nearestTo = (name: string): string | undefined => NEAREST[name];
