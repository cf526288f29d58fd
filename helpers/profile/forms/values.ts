import { z } from 'zod';

// What several parts of a profile are made of.
export const word = z.string().min(1, 'expected a text');
export const words = z.array(word, 'expected a list of texts');
export const count = z.int().nonnegative();
export const status = z.int().min(100).max(599);
export const keyedCall = z.enum(['pay', 'createOrder', 'chargeBalance']);
