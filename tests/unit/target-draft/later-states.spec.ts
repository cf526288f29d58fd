import { expect, test } from '@playwright/test';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { DocumentedField, Operation } from '../../../helpers/target-draft/document/operation.ts';
import { laterStates } from '../../../helpers/target-draft/later-states.ts';
import type { SchemaTable } from '../../../helpers/target-draft/tables/read-schema.ts';

const noOperations = {
  ...{ health: [], getBalance: [], chargeBalance: [], getProduct: [] },
  ...{ createOrder: [], getOrder: [], cancelOrder: [], pay: [] },
};

const field = (path: string, values: readonly string[]): DocumentedField => ({
  ...{ path, type: 'string', isRequired: true, description: '', values },
});

const shown = (...values: readonly string[]): Operation => ({
  ...{ method: 'GET', path: '/api/orders/{orderId}', texts: [], parameters: [], body: [], errors: [] },
  ...{ answersList: false, isDeprecated: false, answer: [field('id', []), field('status', values)] },
});

const ordersWith = (...values: readonly string[]): SchemaTable[] => [
  {
    name: 'orders',
    columns: [
      {
        ...{ table: 'orders', name: 'status', type: 'varchar', values, isNullable: false, hasDefault: false },
        ...{ isPrimary: false, isComputed: false, scale: null, maxLength: null },
      },
    ],
    references: new Map(),
    uniques: [],
  },
];

const wordsFor = (schema: readonly SchemaTable[] | undefined, ...values: readonly string[]) =>
  laterStates(
    {
      operations: { ...noOperations, getOrder: [shown(...values)] },
      source: 'from the document',
      ...(schema && { schema }),
    },
    reference,
  );

test.describe('states that a paid order moves on to', () => {
  test('are those of the column, where it takes no other ones, whatever the document says', () => {
    const column = ordersWith('PENDING', 'COMPLETED', 'SHIPPED', "it's RETURNED", 'FAILED');
    expect(wordsFor(column, 'DELIVERED')).toEqual({
      words: ['SHIPPED', "it's RETURNED"],
      ground: 'from the column',
    });
  });

  test('are those of the document, where the column takes any text', () => {
    expect(wordsFor(ordersWith(), 'PENDING', 'COMPLETED', '배송중', 'REFUNDED', 'EXPIRED')).toEqual({
      words: ['배송중', 'REFUNDED'],
      ground: 'from the document',
    });
  });

  test('are unknown without a table, and never those of an order that is pending, paid or cancelled', () => {
    expect(wordsFor(undefined, 'SHIPPED').words).toEqual([]);
    expect(wordsFor(ordersWith(), 'PENDING', 'COMPLETED', 'CANCELLED').words).toEqual([]);
  });
});
