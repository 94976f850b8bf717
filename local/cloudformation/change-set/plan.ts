import { AwsError, notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { Principal } from '../../core/service';
import type { World } from '../../core/world';
import type { Plan, Stack, Tag } from '../stack/stack';
import { checkTemplate } from '../template/check';
import { givenParameters, resolveParameters } from '../template/parameters';
import { parseTemplate, type Template } from '../template/template';
import { templateBody } from './template-source';

const tagsIn = (input: Reader): readonly Tag[] =>
  input.records('Tags').map((tag) => ({ Key: tag.text('Key'), Value: tag.text('Value') }));

/** Options that would change what happens: only what means "as usual" is taken. */
const refuseOptions = (input: Reader): void => {
  if (input.list('NotificationARNs').length > 0) throw notSupported('NotificationARNs of a stack');
  if (input.list('ResourcesToImport').length > 0 || input.flag('ImportExistingResources')) {
    throw notSupported('the import of existing resources');
  }
  if (input.has('DeploymentMode')) throw notSupported(`DeploymentMode ${input.text('DeploymentMode')}`);
  const mode = input.optionalRecord('DeploymentConfig')?.optionalText('Mode') ?? 'STANDARD';
  if (mode !== 'STANDARD') throw notSupported(`deployment mode ${mode}`, 'use STANDARD');
  const onFailure = input.optionalText('OnStackFailure') ?? 'ROLLBACK';
  if (onFailure !== 'ROLLBACK') throw notSupported(`OnStackFailure ${onFailure}`, 'use ROLLBACK');
  const rollback = input.has('RollbackConfiguration') ? input.values.RollbackConfiguration : '';
  if (rollback !== '' && input.record('RollbackConfiguration').list('RollbackTriggers').length > 0) {
    throw notSupported('rollback triggers');
  }
};

const namingProperties = new Map([
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
]);

/** IAM resources need the caller's word that they are wanted. */
const checkCapabilities = ({ resources }: Template, capabilities: readonly string[]): void => {
  const iam = Object.values(resources).filter(({ type }) => type.startsWith('AWS::IAM::'));
  const named = iam.some(({ type, properties }) => properties[namingProperties.get(type) ?? ''] !== undefined);
  const enough = named ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];
  if (iam.length === 0 || enough.some((capability) => capabilities.includes(capability))) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${enough[0] ?? ''}]`, 400);
};

/** Reads what a request wants the stack to become. */
export const readPlan = async (world: World, caller: Principal, input: Reader, stack?: Stack): Promise<Plan> => {
  refuseOptions(input);
  const previous = stack?.head.plan;
  const template = parseTemplate(await templateBody(world, caller, input, previous?.template.body));
  checkTemplate(template);
  const capabilities = input.texts('Capabilities');
  checkCapabilities(template, capabilities);
  const given = givenParameters(input.records('Parameters'), previous?.parameters ?? {});
  const parameters = await resolveParameters(template.parameters, given, async (name) => {
    const output = await world.call({
      service: 'ssm',
      operation: 'GetParameter',
      input: { Name: name },
      principal: caller,
    });
    const { Parameter: parameter } = output;
    const value = typeof parameter === 'object' && parameter !== null && 'Value' in parameter ? parameter.Value : '';
    return String(value);
  });
  return { template, parameters, tags: tagsIn(input), capabilities, roleArn: input.optionalText('RoleARN') };
};
