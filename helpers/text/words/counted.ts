/** Returns a number with its noun: `1 worker`, `1,000 workers`. */
export const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;
