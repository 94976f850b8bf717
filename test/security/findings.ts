import { type App, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';

/** A rule, and the construct that it found wanting or that was acknowledged. */
export interface Finding {
  readonly id: string;
  readonly path: string;
}

/** The packs that the library answers to. */
export const packsOf = (app: App): NagPack[] => [
  new AwsSolutionsChecks(app),
  new HIPAASecurityChecks(app),
  new NIST80053R5Checks(app),
  new PCIDSS321Checks(app),
  new ServerlessChecks(app),
];

/** What all packs find in a synthesised app. */
export const findingsIn = (app: App): Finding[] =>
  packsOf(app).flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath = '' }) => ({ id: ruleName, path: constructPath })),
      ),
  );

/** What the CDK puts before ids of packs; it acknowledges something itself, with another prefix. */
const UNPREFIXED = 'Annotation::';

/** What a synthesised app acknowledges. */
export const acknowledgementsIn = (app: App): Finding[] =>
  app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(recordOf(data)))
      .flatMap((id) => (id.startsWith(UNPREFIXED) ? [{ id: id.slice(UNPREFIXED.length), path: node.path }] : [])),
  );

const recordOf = (data: unknown): object => (typeof data === 'object' && data !== null ? data : {});

/** Whether an acknowledgement is about a finding: at the construct itself or above it. */
export const covers = (acknowledged: Finding, finding: Finding): boolean =>
  acknowledged.id === finding.id && `${finding.path}/`.startsWith(`${acknowledged.path}/`);
