import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from '../../core/errors';

const longestMs = 120_000;

/** Waits until a service has done what it only promised to do. */
export const until = async (what: string, isDone: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + longestMs;
  for (let pause = 5; !(await isDone()); pause = Math.min(2 * pause, 250)) {
    if (Date.now() > deadline) throw new AwsError('NotStabilized', `waited ${longestMs / 1000} s for ${what}`);
    await sleep(pause, undefined, { ref: false });
  }
};

/** Runs the steps after a resource was made; when one fails, the resource goes too. */
export const orElse = async (steps: () => Promise<void>, giveUp: () => Promise<unknown>): Promise<void> => {
  try {
    await steps();
  } catch (error) {
    await giveUp();
    throw error;
  }
};
