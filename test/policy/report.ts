import { type App, Validations } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { BatchChecks } from '../../lib';

/** A violation as the CDK reports it. */
export interface ReportedViolation {
  readonly ruleName: string;
  readonly severity: string;
  readonly violatingConstructs: readonly {
    readonly constructPath: string;
    readonly cloudFormationResource?: { readonly propertyPaths?: readonly string[] };
  }[];
}

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly ReportedViolation[];
  }[];
}

const isReport = (value: unknown): value is Report =>
  typeof value === 'object' && value !== null && 'pluginReports' in value;

/** What came of a synthesis, and what the CDK wrote down about it. */
export interface Outcome {
  readonly stopped: boolean;
  readonly violations: readonly ReportedViolation[];
}

/** Synthesises an app that has the plugin. */
export function synthesised(app: App): Outcome {
  const print = vi.spyOn(console, 'error').mockReturnValue();
  let stopped = false;
  try {
    app.synth();
  } catch (error) {
    stopped = String(error).includes('(cdk-batch-platform)');
    if (!stopped) throw error;
  } finally {
    print.mockRestore();
  }
  return { stopped, violations: reportedOf(app) };
}

const NAME = 'cdk-batch-platform';

/** What the plugin found in an app that was synthesised with it. */
export function reportedOf(app: App): readonly ReportedViolation[] {
  const report: unknown = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const ours = isReport(report) ? report.pluginReports.find(({ pluginName }) => pluginName === NAME) : undefined;
  return ours?.violations ?? [];
}

/** What the plugin finds in an app: `check path/of/construct Properties.Name`. */
export function findingsOf(app: App): string[] {
  Validations.of(app).addPlugins(new BatchChecks());
  return synthesised(app)
    .violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath, cloudFormationResource }) =>
        [ruleName, constructPath, ...(cloudFormationResource?.propertyPaths ?? [])].join(' '),
      ),
    )
    .sort();
}
