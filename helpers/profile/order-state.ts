import type { TargetProfile } from './target-profile.ts';

const states = ['pending', 'paid', 'cancelled'] as const;

/** A state of an order that every target has. */
export type OrderState = (typeof states)[number];

/** Returns the words for orders that take nothing: those that were cancelled, and rows that refused ones have left. */
export const wordsOfVoid = ({ cancelled, refused = [] }: TargetProfile['orderStatus']): string[] => [
  cancelled,
  ...refused,
];

/** Returns the state that a word of the target's stands for, or the word itself where it is another one. */
export const orderStateOf = ({ orderStatus }: TargetProfile, word: string): string =>
  states.find((state) => orderStatus[state] === word) ?? word;
