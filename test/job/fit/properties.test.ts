import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InstanceFacts } from '../../../lib/contracts/instances/instance-facts';
import { familyOf, gpusOf } from '../../../lib/contracts/instances/instance-facts';
import { knownFamilies, knownInstances } from '../../../lib/contracts/instances/known-instances';
import { architectureOf } from '../../../lib/compute/instances/instance-kind';
import { checkFit, findMisfit } from '../../../lib/job/fit/check-fit';
import { advisedType } from '../../../lib/job/fit/instance-fit';
import { usableMemoryMiB } from '../../../lib/job/fit/usable-memory';
import { newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';
import { demand, queueOfInstances } from './support';

const all = knownFamilies().flatMap(knownInstances);
const anyType = fc.constantFrom(...all);
const gpus = (type: InstanceFacts): number | undefined => (gpusOf(type) === 0 ? undefined : gpusOf(type));

/** All that jobs can count on of a type. */
const allOf = (type: InstanceFacts) =>
  demand({
    vcpus: type.vcpus,
    memoryMiB: Math.max(4, usableMemoryMiB(type.memoryMiB)),
    gpus: gpus(type),
    architecture: architectureOf(type),
  });

describe('of every type that is known', () => {
  test('a job gets all that jobs can count on, alone and among others', () => {
    fc.assert(
      fc.property(anyType, fc.array(fc.constantFrom(...knownFamilies()), { maxLength: 3 }), (type, others) => {
        const stack = newStack();
        checkFit(stack, [allOf(type)], queueOfInstances([type.name]));
        expect(warningsOf(stack)).toEqual([]);
        expect(findMisfit([allOf(type)], queueOfInstances([familyOf(type.name), ...others]))).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test('a job never gets more, of whatever', () => {
    const more = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(anyType, fc.constantFrom('vcpus', 'memoryMiB', 'gpus'), more, (type, what, extra) => {
        const queue = queueOfInstances([type.name]);
        const asked = {
          vcpus: { vcpus: type.vcpus + extra },
          memoryMiB: { memoryMiB: type.memoryMiB + extra - 1 },
          gpus: { gpus: gpusOf(type) + extra },
        }[what];
        const found = findMisfit([demand(asked)], queue)?.check;
        expect(found).toBe(what === 'gpus' && gpusOf(type) === 0 ? 'fit-gpu' : 'fit-instance-type');
      }),
      { numRuns: 60 },
    );
  });
});

test('of families, a job never gets more than the largest maxima, however they are mixed', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...knownFamilies()), { minLength: 1, maxLength: 4 }), (families) => {
      const types = families.flatMap(knownInstances);
      const vcpus = Math.max(...types.map((type) => type.vcpus));
      const memoryMiB = Math.max(...types.map((type) => type.memoryMiB));
      const queue = queueOfInstances(families);
      expect(findMisfit([demand({ vcpus: vcpus + 1 })], queue)?.check).toBe('fit-instance-type');
      expect(findMisfit([demand({ memoryMiB })], queue)?.check).toBe('fit-instance-type');
    }),
    { numRuns: 40 },
  );
});

test('the type that an error advises holds the job', () => {
  fc.assert(
    fc.property(anyType, (type) => {
      const { vcpus, memoryMiB } = type;
      const asked = { vcpus, memoryMiB: usableMemoryMiB(memoryMiB), gpus: 0, wantsGpus: false };
      const advised = advisedType(asked, [], architectureOf(type));
      if (advised === undefined) return;
      expect(architectureOf(advised)).toBe(architectureOf(type));
      expect(
        findMisfit([demand({ vcpus, memoryMiB: asked.memoryMiB })], queueOfInstances([advised.name])),
      ).toBeUndefined();
    }),
    { numRuns: 40 },
  );
});
