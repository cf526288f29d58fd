import type { Kind } from '../kinds/kinds.ts';

/** Whatever call shows it, one mechanism does it for all of them. */
export const ofAnyCall: readonly Kind[] = ['key-mistaken', 'taken-for-duplicate', 'refusal-as-success'];
