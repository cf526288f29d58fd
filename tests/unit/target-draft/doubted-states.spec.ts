import { expect, test } from '@playwright/test';
import type { CallName } from '../../../helpers/api/answers/exchange.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { doubtedStates } from '../../../helpers/target-draft/doubted-states.ts';
import { evidenceOfPaths } from '../support/examples/evidence-of-paths.ts';

const orderOf = (status: unknown) => ({
  get: {
    responses: {
      200: {
        description: '',
        content: {
          'application/json': { schema: { properties: { id: { type: 'integer' }, totalAmount: {}, status } } },
        },
      },
    },
  },
});

const doubtedOf = (status: unknown, succeeded: readonly CallName[]) =>
  doubtedStates(evidenceOfPaths({ '/orders/{orderId}': orderOf(status) }), reference, new Set(succeeded));

const listed = { type: 'string', enum: ['EXPIRED', 'COMPLETED', 'PENDING'] };

test.describe('doubted states of orders', () => {
  test('state whose word is none of the documented ones is doubted, unless it was seen', () => {
    const ground = 'assumed: not seen, and none of those from the document: EXPIRED, COMPLETED, PENDING';
    expect(doubtedOf(listed, ['createOrder', 'pay'])).toEqual([{ state: 'cancelled', ground }]);
    expect(doubtedOf(listed, ['createOrder', 'pay', 'cancelOrder'])).toEqual([]);
  });

  test('nothing is doubted where no words are documented', () => {
    expect(doubtedOf({ type: 'string' }, [])).toEqual([]);
  });
});
