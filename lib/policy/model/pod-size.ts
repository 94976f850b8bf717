import type { Value } from '../template/template';

/** What Kubernetes counts. @internal */
export type Reserved = 'cpu' | 'memory' | 'nvidia.com/gpu';

/** Memory is written in MiB only (https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerResourceRequirements.html). */
const MEBIBYTES = /^(\d+(\.\d+)?)Mi$/;

/** Where a container of a pod says how much it gets. @internal */
export const reservedBy = (container: Value, kind: Reserved): Value[] =>
  ['Limits', 'Requests'].map((list) => container.at('Resources', list, kind)).filter(({ isAbsent }) => !isAbsent);

/** How much a container of a pod gets: vCPUs, MiB or GPUs; nothing if it is not known. @internal */
export function quantityOf(at: Value, kind: Reserved): number | undefined {
  if (kind !== 'memory') return at.number;
  const mebibytes = MEBIBYTES.exec(at.text ?? '')?.at(1);
  return mebibytes === undefined ? undefined : Number(mebibytes);
}
