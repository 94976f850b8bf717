import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { linesInRegions } from './lines';
import { round } from './round';

/** Odd, so that the median is one of the runs. */
const RUNS = 15;
const LONG_RUNS = 7;
const SOURCES = resolve(__dirname, '../../bench');

const APPS = {
  empty: ['empty-app.js'],
  l2: ['l2-production-stack.js'],
  ours: ['our-production-stack.js'],
  fewJobs: ['many-jobs.js', '20', '200'],
  manyJobs: ['many-jobs.js', '40', '400'],
} as const satisfies Record<string, readonly string[]>;

/** What synthesis with the library costs, and what there is to write, beside the same platform on the L2 constructs. */
export interface SynthesisFigures {
  readonly lines_ours: number;
  readonly lines_l2: number;
  readonly resources_ours: number;
  readonly resources_l2: number;
  readonly synth_ratio: number;
  readonly synth_scaling: number;
  readonly load_ms: number;
  readonly load_all_ms: number;
}

/** Measures whole processes, one of each app after the other, so that a drifting machine meets all of them alike. */
export function synthesisFigures(): SynthesisFigures {
  const [empty, l2, ours] = interleaved([APPS.empty, APPS.l2, APPS.ours], RUNS);
  const [none, fewJobs, manyJobs] = interleaved([APPS.empty, APPS.fewJobs, APPS.manyJobs], LONG_RUNS);
  const loads = loadMilliseconds();
  return {
    lines_ours: linesInRegions(join(SOURCES, 'our-production-stack.ts')),
    lines_l2: linesInRegions(join(SOURCES, 'l2-production-stack.ts')),
    resources_ours: resources(APPS.ours),
    resources_l2: resources(APPS.l2),
    synth_ratio: round((ours - empty) / (l2 - empty)),
    synth_scaling: round((manyJobs - none) / (fewJobs - none)),
    load_ms: round(median(loads.map(({ imported }) => imported))),
    load_all_ms: round(median(loads.map(({ used }) => used))),
  };
}

/** For each of `commands`, the median of its seconds. */
function interleaved(commands: readonly (readonly string[])[], count: number): readonly number[] {
  const runs = Array.from({ length: count }, () => commands.map(synthesize));
  return commands.map((_, index) => median(runs.map((run) => run[index])));
}

function synthesize(command: readonly string[]): number {
  return inFolder((folder) => {
    const start = performance.now();
    node(command, folder);
    return (performance.now() - start) / 1000;
  });
}

function resources(command: readonly string[]): number {
  return inFolder((folder) => {
    node(command, folder);
    const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
    return templates.reduce((sum, file) => sum + resourcesIn(JSON.parse(readFileSync(join(folder, file), 'utf8'))), 0);
  });
}

function resourcesIn(template: unknown): number {
  if (typeof template !== 'object' || template === null || !('Resources' in template)) return 0;
  const { Resources: found } = template;
  return typeof found === 'object' && found !== null ? Object.keys(found).length : 0;
}

/** What importing the library takes when the modules of the CDK that it uses are there already. */
function loadMilliseconds(): readonly Loading[] {
  const modules = inFolder((folder) => node(['load.js', 'modules'], folder));
  return Array.from({ length: RUNS }, () => {
    const times: unknown = JSON.parse(inFolder((folder) => node(['load.js', 'time', modules], folder)));
    if (!isLoading(times)) throw new Error('load.js says no times');
    return times;
  });
}

interface Loading {
  readonly imported: number;
  readonly used: number;
}

const isLoading = (value: unknown): value is Loading =>
  typeof value === 'object' && value !== null && 'imported' in value && 'used' in value;

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'batch-platform-bench-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function node([script, ...args]: readonly string[], outdir: string): string {
  const run = spawnSync(process.execPath, [join(__dirname, script), ...args], {
    env: { ...process.env, CDK_OUTDIR: outdir },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${script} ended with status ${String(run.status)}: ${run.stderr}`);
  return run.stdout;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
