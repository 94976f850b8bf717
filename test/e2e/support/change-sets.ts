import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
/** A stack that is deployed by change sets, as the CDK CLI does, without starting a process for each. */
export interface DeployedStack {
  /** Deploys a template, and gives the physical id of each resource by its logical id. */
  deploy(template: unknown): Promise<ReadonlyMap<string, string>>;
  destroy(): Promise<void>;
}

export function stackNamed(StackName: string, options: CloudFormationClientConfig): DeployedStack {
  const client = new CloudFormationClient(options);
  const wait = { client, maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.1 };
  let count = 0;
  return {
    deploy: async (template) => {
      count += 1;
      const ChangeSetName = `change-${count}`;
      await client.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName,
          ChangeSetType: count === 1 ? 'CREATE' : 'UPDATE',
          Capabilities: ['CAPABILITY_IAM'],
          TemplateBody: JSON.stringify(template),
        }),
      );
      await waitUntilChangeSetCreateComplete(wait, { StackName, ChangeSetName });
      await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
      await (count === 1 ? waitUntilStackCreateComplete : waitUntilStackUpdateComplete)(wait, { StackName });
      const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
      return new Map(StackResources.map((one) => [one.LogicalResourceId ?? '', one.PhysicalResourceId ?? '']));
    },
    destroy: async () => {
      await client.send(new DeleteStackCommand({ StackName }));
      await waitUntilStackDeleteComplete(wait, { StackName });
    },
  };
}
