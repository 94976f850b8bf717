import { afterAll, beforeAll, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import { AREAS } from '../../surface/areas';
import { templateOf } from '../../surface/measure';
import { createRealStack, type RealStack } from './resources/real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

// Each area sets every prop of its constructs: there is no wider use of the library.
test.each(AREAS)('the area $name of the library is deployed, and removed', async (area) => {
  const template = new Reader({ template: templateOf(area) }).record('template');
  const answer = await shop.deployed(template.record('Resources').values);
  expect(answer.text('StackStatus')).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  await shop.destroyed();
});
