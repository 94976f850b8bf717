import { App, Validations } from 'aws-cdk-lib';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { ROOT } from '../architecture/imports';
import { ENTRIES as ALL_ENTRIES } from '../support/entries';
import { featureFlags } from '../support/stack';

/** Those that scanners see: of the example of CDK Pipelines, the pipeline itself is of aws-cdk-lib. */
export const ENTRIES = ALL_ENTRIES.filter((entry) => !entry.includes('/pipelines/'));

/** Apps with networks that no example has; only scanners see them. */
export const NETWORKS = ['test/security/networks/isolated', 'test/security/networks/public'];

/** Runs an app as the CDK CLI does, up to where it would synthesise: at its last line, or when the process has no more to do. */
export async function appOf(entry: string): Promise<App> {
  const apps: App[] = [];
  const before = new Set(process.listeners('beforeExit'));
  const synth = vi.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
    apps.push(this);
    throw new Stopped();
  });
  vi.stubEnv('CDK_OUTDIR', mkdtempSync(join(tmpdir(), 'security-')));
  vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify(featureFlags()));
  vi.resetModules();
  await import(join(ROOT, entry)).catch(ignoreStop);
  for (const listener of process.listeners('beforeExit').filter((one) => !before.has(one))) {
    process.off('beforeExit', listener);
    if (apps.length === 0) await Promise.resolve(0).then(listener).catch(ignoreStop);
  }
  synth.mockRestore();
  vi.unstubAllEnvs();
  return apps[0];
}

/** The same app as if the library acknowledged nothing. */
export async function unacknowledgedAppOf(entry: string): Promise<App> {
  const acknowledge = vi.spyOn(Validations.prototype, 'acknowledge').mockReturnValue();
  const app = await appOf(entry);
  synthesize(app);
  acknowledge.mockRestore();
  return app;
}

/** The templates of an app, without the validator, which takes longer than all the rest. */
export function synthesize(app: App): unknown[] {
  vi.stubEnv('CDK_VALIDATION', 'false');
  const templates = app.synth().stacks.map(({ template }): unknown => template);
  vi.unstubAllEnvs();
  return templates;
}

class Stopped extends Error {}

function ignoreStop(error: unknown): void {
  if (!(error instanceof Stopped)) throw error;
}
