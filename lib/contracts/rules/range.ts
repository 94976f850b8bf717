/** Least and most of a number that AWS limits. */
export type Range = readonly [min: number, max: number];

/** Whether a value is a whole number of a range. */
export const isWithin = (value: number, [min, max]: Range): boolean =>
  Number.isInteger(value) && value >= min && value <= max;
