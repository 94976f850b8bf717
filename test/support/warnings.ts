import type { IConstruct } from 'constructs';

/** What constructs in and below `scope` warn of, each with the id by which it is acknowledged. */
export const warningsOf = (scope: IConstruct): string[] =>
  scope.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.flatMap(({ type, data }) => (type === 'aws:cdk:warning' && typeof data === 'string' ? [data] : [])),
    );
