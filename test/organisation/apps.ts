import { App, type AppProps } from 'aws-cdk-lib';
import { join } from 'node:path';
import { vi } from 'vitest';
import { ROOT } from '../architecture/imports';
import { type Json, resourcesOf } from '../support/policies';
import { featureFlags } from '../support/stack';

/** What an organisation asks of all of its apps. */
export interface Organisation {
  readonly props?: AppProps;
  readonly env?: { readonly account: string; readonly region: string };
  /** What is done to an app before anything is defined in it. */
  readonly prepare?: (app: App) => void;
}

/** A synthesised app. */
export interface Synthesised {
  readonly app: App;
  /** Resources of all stacks by logical id. */
  readonly resources: readonly (readonly [string, Json])[];
  /** The templates of all stacks as text. */
  readonly text: string;
}

/** Runs an app of a file in an organisation: an `App` of the CDK that has what all apps of the organisation have. */
export async function synthesised(entry: string, organisation: Organisation): Promise<Synthesised> {
  const apps: App[] = [];
  class OrganisedApp extends App {
    public constructor(props?: AppProps) {
      const context = { ...featureFlags(), ...organisation.props?.context };
      super({ ...props, ...organisation.props, context });
      // As if each stack had said so: an app has no environment of its own.
      Object.assign(this, organisation.env);
      organisation.prepare?.(this);
      apps.push(this);
    }
  }
  // The validator of the CDK takes longer than all the rest.
  vi.stubEnv('CDK_VALIDATION', 'false');
  vi.resetModules();
  vi.doMock('aws-cdk-lib', async (original) => {
    const library: object = await original();
    const organised: unknown = Object.create(library, { App: { value: OrganisedApp, enumerable: true } });
    return organised;
  });
  await import(join(ROOT, entry));
  vi.doUnmock('aws-cdk-lib');
  vi.resetModules();
  const [app] = apps;
  const templates = app.synth().stacks.map(({ template }): unknown => template);
  vi.unstubAllEnvs();
  return {
    app,
    resources: templates.flatMap((template) => [...resourcesOf(template)]),
    text: JSON.stringify(templates),
  };
}

/** Where a text is in resources: `LogicalId.Properties.Name`. */
export function placesOf(resources: Synthesised['resources'], text: string): string[] {
  const search = (value: unknown, path: string): string[] => {
    if (typeof value === 'string') return value.includes(text) ? [path] : [];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, one]) => search(one, `${path}.${key}`));
  };
  return resources.flatMap(([logicalId, resource]) => search(resource, logicalId));
}
