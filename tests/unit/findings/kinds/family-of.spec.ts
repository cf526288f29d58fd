import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../../helpers/findings/deviations/deviation.ts';
import { familyOf } from '../../../../helpers/findings/kinds/family-of.ts';
import type { Family } from '../../../../helpers/findings/kinds/kinds.ts';
import { familyOfPromise, promises, type PromiseId } from '../../../../helpers/findings/promises.ts';

const familyOfA = (seen: Partial<Deviation>, promise?: PromiseId): Family =>
  familyOf(
    { kind: 'server-error', call: 'pay', circumstance: 'once', sentence: '', numbers: {}, details: [], ...seen },
    promise,
  );

test.describe('family of a breach', () => {
  test('is fixed for kinds that have one, whatever the promise of the scenario', () => {
    expect(familyOfA({ kind: 'charged-twice' }, 'times-are-now')).toBe('idempotency');
    expect(familyOfA({ kind: 'oversold' }, 'payment-charges-order-total')).toBe('stock');
    expect(familyOfA({ kind: 'below-zero' })).toBe('money');
  });

  test('is idempotency for repeated requests, unless kind or promise says otherwise', () => {
    expect(familyOfA({ kind: 'stock-leaked', circumstance: 'replay' })).toBe('idempotency');
    expect(familyOfA({ kind: 'server-error', circumstance: 'after-lost-answer' })).toBe('idempotency');
    expect(familyOfA({ kind: 'order-inconsistent', circumstance: 'replay' })).toBe('money');
    const duplicates = { kind: 'stock-leaked', circumstance: 'concurrent' } as const;
    expect(familyOfA(duplicates, 'concurrent-duplicates-charge-once')).toBe('idempotency');
    expect(familyOfA(duplicates, 'concurrent-sales-all-counted')).toBe('stock');
    const afterwards = { kind: 'valid-request-refused', circumstance: 'after-lost-answer' } as const;
    expect(familyOfA(afterwards, 'lost-connections-leave-api-usable')).toBe('contract');
  });

  test('of a server error is that of the promise, on a malformed value contract, on a malformed key idempotency', () => {
    expect(familyOfA({}, 'stock-never-oversold')).toBe('stock');
    expect(familyOfA({ circumstance: 'boundary' }, 'malformed-amount-refused')).toBe('contract');
    expect(familyOfA({ circumstance: 'boundary' }, 'malformed-key-refused')).toBe('idempotency');
  });

  test('of a malformed answer is contract, except for keys', () => {
    expect(familyOfA({ kind: 'wrong-status' }, 'payment-charges-order-total')).toBe('contract');
    expect(familyOfA({ kind: 'wrong-status' }, 'key-bound-to-request')).toBe('idempotency');
  });

  test('of a wrong view is that of the resource it shows', () => {
    expect(familyOfA({ kind: 'stale-view', call: 'getBalance' }, 'reads-show-writes')).toBe('money');
    expect(familyOfA({ kind: 'stale-view', call: 'getOrder' }, 'reads-show-writes')).toBe('stock');
    expect(familyOfA({ kind: 'wrong-content', call: 'getOrder' }, 'order-keeps-its-price')).toBe('stock');
    expect(familyOfA({ kind: 'wrong-content', at: 3 }, 'payment-charges-order-total')).toBe('contract');
    expect(familyOfA({ kind: 'valid-request-refused', call: 'getProduct' }, 'reads-show-writes')).toBe('stock');
    expect(familyOfA({ kind: 'answered-but-not-written', call: 'cancelOrder' }, 'times-are-now')).toBe('stock');
  });

  test('of an order paid or cancelled against its state is that of the call', () => {
    expect(familyOfA({ kind: 'order-state-broken', call: 'pay' })).toBe('money');
    expect(familyOfA({ kind: 'order-state-broken', call: 'cancelOrder' })).toBe('stock');
  });

  test('exists for every promise', () => {
    expect(Object.keys(promises).filter((id) => familyOfPromise(id) === undefined)).toEqual([]);
    expect(familyOfPromise('nothing-of-the-kind')).toBeUndefined();
  });
});
