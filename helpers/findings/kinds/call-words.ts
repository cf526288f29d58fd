import type { CallName } from '../../api/answers/exchange.ts';

/** The calls of an API in a person's words. */
export const callWords: Readonly<Record<CallName, string>> = {
  health: 'health check',
  getBalance: 'GET balance',
  chargeBalance: 'top-up',
  getProduct: 'GET product',
  createOrder: 'order',
  getOrder: 'GET order',
  cancelOrder: 'cancellation',
  pay: 'payment',
};

const changing: readonly CallName[] = ['chargeBalance', 'createOrder', 'cancelOrder', 'pay'];

/** Returns whether a call is one that changes something. */
export const isChanging = (name: CallName): boolean => changing.includes(name);

/** Returns whether a name that comes from elsewhere is one of a call. */
export const isCallName = (name: string | undefined): name is CallName => name !== undefined && name in callWords;
