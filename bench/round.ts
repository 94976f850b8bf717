/** Two digits after the point: more would be noise. */
export const round = (value: number): number => Math.round(value * 100) / 100;
