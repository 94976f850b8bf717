import { UnmanagedComputeEnvironment } from '../../../lib';
import type { Area } from '../area';

export const unmanaged: Area = {
  name: 'unmanaged',
  define: (stack) => {
    new UnmanagedComputeEnvironment(stack, 'Compute', { unmanagedvCpus: 64 });
  },
};
