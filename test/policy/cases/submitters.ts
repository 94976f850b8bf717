/** A rule as the CDK writes it: the rest of the submission is in its input. */
export const rule = (job: string, queue: string, more: object = {}, input: object = {}): object => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Targets: [
      {
        Id: 'it',
        Arn: { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
        BatchParameters: { JobDefinition: { Ref: job }, ...more },
        ...input,
      },
    ],
  },
});

/** A pipe with all of the submission in its parameters. */
export const pipe = (job: string, queue: string, more: object = {}, input: object = {}): object => ({
  Type: 'AWS::Pipes::Pipe',
  Properties: {
    Target: { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
    TargetParameters: { BatchJobParameters: { JobDefinition: { Ref: job }, JobName: 'it', ...more }, ...input },
  },
});

/** A schedule as the CDK writes it: its input is text with references in it. */
export const schedule = (job: string, queue: string, more: object = {}): object => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'rate(1 day)',
    Target: {
      Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:::aws-sdk:batch:submitJob']] },
      Input: {
        'Fn::Join': [
          '',
          [
            '{"JobDefinition":"',
            { Ref: job },
            '","JobQueue":"',
            { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
            `",${JSON.stringify({ JobName: 'it', ...more }).slice(1)}`,
          ],
        ],
      },
    },
  },
});

/** A state machine of a template by hand, with all of the call in one state. */
export const task = (queue: string, more: object, state: object = {}): object => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    Definition: {
      States: {
        One: {
          Type: 'Task',
          Resource: 'arn:aws:states:::batch:submitJob',
          ...state,
          Parameters: { JobDefinition: { Ref: 'Job' }, JobQueue: { Ref: queue }, ...more },
        },
      },
    },
  },
});

/** A state machine as the CDK writes it: text with references in it. */
export const machine = (job: string, queue: string): object => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    DefinitionString: {
      'Fn::Join': [
        '',
        [
          '{"StartAt":"All","States":{"All":{"Type":"Map","ItemProcessor":{"States":{"One":{"Type":"Task","Resource":"arn:',
          { Ref: 'AWS::Partition' },
          ':states:::batch:submitJob.sync","Parameters":{"JobDefinition":"',
          { Ref: job },
          '","JobQueue":"',
          { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
          '"}}}}}}}',
        ],
      ],
    },
  },
});
