/** What a job definition is made of: decides what a submission may override, and how it says so. */
export enum JobDefinitionKind {
  /** One container; a submission overrides it by `containerOverrides`. */
  CONTAINER = 'CONTAINER',
  /** Containers of one ECS task; a submission overrides them by name, in `ecsPropertiesOverride`. */
  TASK = 'TASK',
  /** A pod of EKS; a submission overrides its containers in `eksPropertiesOverride`. */
  POD = 'POD',
  /** Several nodes; a submission overrides them in `nodeOverrides`. */
  MULTI_NODE = 'MULTI_NODE',
}
