import type { InstanceFacts } from '../../lib/contracts/instances/instance-facts';

/** Accelerators whose model the list does not name. */
const UNNAMED: readonly (readonly [RegExp, string])[] = [
  [/^inf/, 'AWS Inferentia'],
  [/^trn/, 'AWS Trainium'],
  [/^dl2q/, 'Qualcomm AI100'],
];

/** Reads a list with one type a line and its columns named in the first. */
export function parseTsv(text: string): InstanceFacts[] {
  const [header, ...rows] = text.trim().split('\n');
  const columns = header.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    const cell = (name: string): string => cells[columns.indexOf(name)];
    const name = cell('type');
    const model = cell('gpu_model');
    const accelerator = model === '' ? UNNAMED.find(([family]) => family.test(name))?.[1] : model;
    const gpus = Number(cell('gpus'));
    return {
      name,
      architecture: cell('architectures').includes('arm64') ? 'arm64' : 'x86_64',
      vcpus: Number(cell('vcpus')),
      memoryMiB: Number(cell('memory_mib')),
      accelerator,
      // A partition of a GPU is not a whole one, but the system sees it as one.
      gpus: model !== '' && gpus === 0 ? 1 : gpus,
      efa: cell('efa') === '1',
    };
  });
}
