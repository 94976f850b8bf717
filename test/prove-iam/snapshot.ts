import { DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { clientOptions } from '../../examples/flights/demo/client';
import { runCli } from '../../examples/flights/demo/cli';
import { startEndpointProcess } from '../../examples/flights/demo/endpoint';
import { clientEnvironment } from '../../local/environment';
import { clientsFor } from '../conformance/kit/clients';
import type { Subject } from './subject';

/** An account in which everything is published that the subjects' templates refer to, and nothing is deployed. */
export interface Snapshot {
  readonly directory: string;
  /** Templates by the name of the stack. */
  readonly templates: ReadonlyMap<string, unknown>;
}

/** Has the unmodified CDK CLI synthesise the subjects and publish their assets. */
export const takeSnapshot = async (subjects: readonly Subject[], scratch: string): Promise<Snapshot> => {
  const directory = join(scratch, 'account');
  const endpoint = await startEndpointProcess({}, ['--data-dir', directory]);
  const templates = new Map<string, unknown>();
  const { cloudformation } = clientsFor(clientOptions(endpoint));

  const cdkDeploy = async (app: string, stack: string, ...more: readonly string[]): Promise<void> => {
    const assembly = join(scratch, stack);
    const lines: string[] = [];
    const status = await runCli(
      ['deploy', stack, '--app', `node "${app}"`, '--output', assembly, '--require-approval', 'never', '--ci', ...more],
      clientEnvironment(endpoint.url, process.env),
      new AbortController().signal,
      (line) => lines.push(line),
    );
    expect(status, lines.join('\n')).toBe(0);
    templates.set(stack, JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8')));
  };
  const remove = async (StackName: string): Promise<void> => {
    await cloudformation.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete({ client: cloudformation, maxWaitTime: 60, minDelay: 1 }, { StackName });
  };

  try {
    for (const { stack, app, after } of subjects) {
      if (after !== undefined) await cdkDeploy(app, after);
      await cdkDeploy(app, stack, '--method', 'prepare-change-set');
      await remove(stack);
      if (after !== undefined) await remove(after);
    }
  } finally {
    await endpoint.stop();
  }
  return { directory, templates };
};
