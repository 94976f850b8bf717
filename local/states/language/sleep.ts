/** The longest time that a timer takes; longer ones are cut in pieces. */
const LONGEST = 2 ** 31 - 1;

/** Does something after a time, however long; gives the way to call it off. */
export const after = (milliseconds: number, action: () => void): (() => void) => {
  let timer: NodeJS.Timeout;
  const arm = (left: number): void => {
    timer = setTimeout(
      () => {
        if (left > LONGEST) arm(left - LONGEST);
        else action();
      },
      Math.min(left, LONGEST),
    );
  };
  arm(milliseconds);
  return () => {
    clearTimeout(timer);
  };
};

/** Waits; throws the reason of the signal as soon as it is aborted. */
export const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = after(milliseconds, end);
    signal.addEventListener('abort', end);
  });
  signal.throwIfAborted();
};
