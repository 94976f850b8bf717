import { arnIn, type NeedsOf, passRole, recordIn, recordsIn, textIn } from './need';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
export const lambdaNeeds: NeedsOf = (operation, input, world) => {
  const name = textIn(input, 'FunctionName');
  const own = name === '' ? textIn(input, 'Resource') || '*' : arnIn(world, 'lambda', 'function:', name);
  const qualifier = textIn(input, 'Qualifier');
  // An alias is a resource of its own: who may call the function may not call it by the alias.
  const resource = qualifier === '' || own.endsWith(`:${qualifier}`) ? own : `${own}:${qualifier}`;
  const action = operation === 'Invoke' ? 'InvokeFunction' : operation.replace(/\d{8}.*$/, '');
  return [
    { action: `lambda:${action}`, resources: [resource] },
    ...passRole('lambda.amazonaws.com', textIn(input, 'Role')),
  ];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
export const statesNeeds: NeedsOf = (operation, input, world) => {
  const given = ['executionArn', 'stateMachineArn', 'mapRunArn', 'resourceArn'].map((name) => textIn(input, name));
  const name = textIn(input, 'name');
  const named = operation === 'CreateStateMachine' ? world.arn('states', `stateMachine:${name}`) : '*';
  return [
    { action: `states:${operation}`, resources: [given.find((arn) => arn !== '') ?? named] },
    ...passRole('states.amazonaws.com', textIn(input, 'roleArn')),
  ];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const eventsNeeds: NeedsOf = (operation, input, world) => {
  if (operation === 'PutEvents') {
    const buses = recordsIn(input, 'Entries').map((entry) => textIn(entry, 'EventBusName') || 'default');
    const resources = [...new Set(buses)].map((bus) => arnIn(world, 'events', 'event-bus/', bus));
    return [{ action: 'events:PutEvents', resources }];
  }
  const bus = textIn(input, 'EventBusName');
  const rule = textIn(input, 'Rule') || (operation.endsWith('Rule') ? textIn(input, 'Name') : '');
  const path = bus === '' || bus === 'default' ? rule : `${bus.slice(bus.lastIndexOf('/') + 1)}/${rule}`;
  const resource = textIn(input, 'ResourceARN') || (rule === '' ? '*' : world.arn('events', `rule/${path}`));
  const roles = recordsIn(input, 'Targets').map((target) => textIn(target, 'RoleArn'));
  return [{ action: `events:${operation}`, resources: [resource] }, ...passRole('events.amazonaws.com', ...roles)];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html */
export const schedulerNeeds: NeedsOf = (operation, input, world) => {
  const group = textIn(input, 'GroupName') || 'default';
  const name = textIn(input, 'Name');
  const isGroup = operation.includes('ScheduleGroup');
  const own = world.arn('scheduler', isGroup ? `schedule-group/${name}` : `schedule/${group}/${name}`);
  const resource = textIn(input, 'ResourceArn') || (name === '' ? '*' : own);
  return [
    { action: `scheduler:${operation}`, resources: [resource] },
    ...passRole('scheduler.amazonaws.com', textIn(recordIn(input, 'Target'), 'RoleArn')),
  ];
};
