import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../local/endpoint';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());

const ask = async (method: string, path: string, body?: unknown, headers = {}) => {
  const response = await fetch(`${endpoint.url}/_endpoint/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
};

describe('driving an endpoint from another process', () => {
  test('the clock is driven ahead', async () => {
    const before = endpoint.world.clock.now();
    expect(await ask('POST', 'clock', { advanceSeconds: 3600 })).toMatchObject({ status: 200 });
    expect(endpoint.world.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
    expect(JSON.stringify(await ask('GET', 'clock'))).toContain(
      `"time":"${endpoint.world.clock.date().getUTCFullYear()}-`,
    );
  });

  test('faults are made and ended', async () => {
    await ask('PUT', 'faults', [{ kind: 'throttle', at: 'batch:*' }]);
    expect(endpoint.world.faults.strike('throttle', 'batch:SubmitJob')).toBeDefined();
    await ask('PUT', 'faults', []);
    expect(endpoint.world.faults.strike('throttle', 'batch:SubmitJob')).toBeUndefined();
  });

  test.each([
    ['POST', 'clock', { advanceSeconds: -1 }, "'advanceSeconds' must not be negative, got -1"],
    ['POST', 'clock', { advanceSeconds: 1e12 }, "'advanceSeconds' must be at most 316224000, ten years"],
    ['PUT', 'faults', [{ kind: 'error', at: '*', tims: 3 }], 'a fault has kind, at, probability, times, milliseconds'],
    ['PUT', 'faults', [{ kind: 'error', at: '*', probability: 2 }], "'probability' must be from 0 to 1, got 2"],
    ['PUT', 'faults', [{ kind: 'latency', at: '*' }], "a latency has 'milliseconds'"],
    ['POST', 'clock', {}, "'request.advanceSeconds' must be a number, got nothing"],
    ['PUT', 'faults', [{ kind: 'fire', at: '*' }], "'kind' must be one of throttle, error, latency"],
    ['PUT', 'faults', [{ kind: 'error' }], "'faults[0].at' must be a string"],
    ['POST', 'time', {}, 'must be one of GET clock, POST clock, PUT faults, got POST time'],
  ])('refuses %s %s %j', async (method, path, body, message) => {
    const { status, answer } = await ask(method, path, body);
    expect(status).toBe(400);
    expect(JSON.stringify(answer)).toContain(message);
  });

  test('refuses a web page', async () => {
    expect(await ask('GET', 'clock', undefined, { origin: 'https://example.com' })).toMatchObject({ status: 400 });
  });
});
