const unitsMs = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

const isUnit = (text: string): text is keyof typeof unitsMs => text in unitsMs;

/**
 * Reads a duration as k6 writes it.
 *
 * @example parseDuration('1m30s') // 90_000
 * @returns milliseconds, or undefined when the text is no duration.
 */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return undefined;
  return parts.reduce((total, [, amount, unit = '']) => total + (isUnit(unit) ? Number(amount) * unitsMs[unit] : 0), 0);
}

/** Returns a duration for people: `3m30s`, `10s`, `250ms`. */
export function describeDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}ms`;
  const seconds = Math.round(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${rest > 0 || seconds < 60 ? `${rest}s` : ''}`;
}
