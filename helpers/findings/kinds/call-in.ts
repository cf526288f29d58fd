import { callWords } from './call-words.ts';
import { circumstances, type Circumstance } from './circumstances.ts';

/** Returns `payment, sent again with the same key`. */
export const callIn = (call: keyof typeof callWords, circumstance: Circumstance): string =>
  circumstance === 'once' ? callWords[call] : `${callWords[call]}, ${circumstances[circumstance]}`;
