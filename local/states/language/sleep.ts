/** The longest time that a timer takes; longer waits are cut in pieces. */
const LONGEST = 2 ** 31 - 1;

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });

/** Waits; throws the reason of the signal as soon as it is aborted. */
export const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  for (let left = milliseconds; left > 0; left -= LONGEST) {
    signal.throwIfAborted();
    await pause(Math.min(left, LONGEST), signal);
  }
  signal.throwIfAborted();
};
