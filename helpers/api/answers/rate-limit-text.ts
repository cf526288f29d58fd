import { counted } from '../../text/words/counted.ts';

/** Says how often and for how long an API let requests wait. */
export const rateLimitText = ({ waits, waitedMs }: { readonly waits: number; readonly waitedMs: number }): string =>
  `The API answered 429 ${counted(waits, 'time')}; requests waited ${(waitedMs / 1000).toFixed(1)} s for it, and nothing was concluded from that.`;
