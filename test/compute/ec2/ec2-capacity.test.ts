import { CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { Ec2Capacity, SpotAllocationStrategy } from '../../../lib';
import { newStack } from '../../support/stack';
import { environment, environmentTemplate, hasComputeResources } from '../compute-environment';

const spot = (maxPricePercentage?: number) =>
  Ec2Capacity.spot(SpotAllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED, { maxPricePercentage });

test('no Spot strategy is BEST_FIT: it would need a fleet role, and could never be updated', () => {
  expect(Object.values<string>(SpotAllocationStrategy)).not.toContain('BEST_FIT');
});

describe('the price of Spot', () => {
  test('has no limit of its own unless asked for', () => {
    const template = environmentTemplate(() => ({ capacity: spot() }));
    hasComputeResources(template, { BidPercentage: Match.absent(), SpotIamFleetRole: Match.absent() });
  });

  test.each([1, 60, 100])('may be limited to %d %% of the on-demand price', (percentage) => {
    hasComputeResources(
      environmentTemplate(() => ({ capacity: spot(percentage) })),
      { BidPercentage: percentage },
    );
  });

  test.each([0, 101, 60.5])('refuses %d %% (compute-spot-price)', (percentage) => {
    expect(() => environment(newStack(), { capacity: spot(percentage) })).toThrow(
      `'maxPricePercentage' must be a whole number from 1 to 100, got ${percentage} (in Stack/Environment)`,
    );
  });

  test('may be known at deploy time only', () => {
    const template = environmentTemplate((stack) => ({
      capacity: spot(new CfnParameter(stack, 'Percentage', { type: 'Number' }).valueAsNumber),
    }));
    hasComputeResources(template, { BidPercentage: { Ref: 'Percentage' } });
  });
});
