import { families, type Family } from './kinds/kinds.ts';
import type { ApiPromise } from './promises/api-promise.ts';
import { balancePromises } from './promises/balance.ts';
import { concurrencyPromises } from './promises/concurrency.ts';
import { contractPromises } from './promises/contract.ts';
import { crashPromises } from './promises/crashes.ts';
import { gatewayPromises } from './promises/gateway.ts';
import { interruptionPromises } from './promises/interruptions.ts';
import { keyPromises } from './promises/keys.ts';
import { orderPromises } from './promises/orders.ts';
import { paymentPromises } from './promises/payments.ts';
import { replayPromises } from './promises/replays.ts';
import { stockPromises } from './promises/stock.ts';

const byFamily = {
  idempotency: { ...replayPromises, ...concurrencyPromises, ...keyPromises, ...crashPromises },
  money: { ...paymentPromises, ...gatewayPromises, ...balancePromises, ...interruptionPromises },
  stock: { ...stockPromises, ...orderPromises },
  contract: contractPromises,
} as const satisfies Readonly<Record<Family, Readonly<Record<string, ApiPromise>>>>;

const byId = { ...byFamily.idempotency, ...byFamily.money, ...byFamily.stock, ...byFamily.contract } as const;

/** The name of a promise. @example 'one-charge-per-order' */
export type PromiseId = keyof typeof byId;

/** Everything that the scenarios hold a target to, by id. */
export const promises: Readonly<Record<PromiseId, ApiPromise>> = byId;

/** The type of the annotations that name the promises of a scenario: the last of them is the one that it tries most. */
export const promiseAnnotation = 'promise';

/** Returns the promise of an id that comes from elsewhere. */
export const promiseNamed = (id: string): ApiPromise | undefined => new Map(Object.entries(promises)).get(id);

/** Returns the family of a promise whose id comes from elsewhere; undefined where there is no such promise. */
export const familyOfPromise = (id: string): Family | undefined => families.find((family) => id in byFamily[family]);
