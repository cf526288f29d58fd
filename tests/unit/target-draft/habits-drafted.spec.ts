import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { faultsNamed } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { editParts, partOf } from '../../../fixtures/shops/reference/http/open-api-edits.ts';
import { Refusal } from '../../../fixtures/shops/reference/http/refusal.ts';
import { replacing } from '../../../fixtures/shops/reference/replace-steps.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import { test } from '../support/runs/draft-from.ts';

/** Returns a document in which the lines of an order have further fields. */
const withLineOf = (document: unknown, fields: Readonly<Record<string, unknown>>, required: readonly string[]) =>
  editParts(document, (part) => {
    const properties = partOf(part, 'properties');
    const names = Object.keys(properties);
    if (names.join() !== 'productId,quantity') return part;
    return { ...part, properties: { ...properties, ...fields }, required: [...names, ...required] };
  });

const unchanged = (document: unknown): unknown => document;

test.describe('drafted policies', () => {
  test.describe.configure({ timeout: 120_000 });

  test('in-flight duplicates that wait are drafted as waiting, and payments as one transaction', async ({
    draftFrom,
  }) => {
    const { exitCode, output, profile } = await draftFrom(unchanged);
    expect(exitCode, output).toBe(0);
    expect(profile.policies.inFlightDuplicates).toBe('wait');
    expect(profile.policies.paymentsCommit).toBe('at-once');
    expect(output).not.toContain('policies.paymentsCommit');
    expect(profile.policies.refusalsStateAmounts).toBe(true);
    expect(output).not.toContain('policies.refusalsStateAmounts');
  });

  test('in-flight payments that are refused and top-ups that wait are drafted as either, with the refusal code', async ({
    draftFrom,
  }) => {
    const { exitCode, output, profile } = await draftFrom(
      unchanged,
      variantNamed('duplicates-refused').apply(correctParts),
    );
    expect(exitCode, output).toBe(0);
    expect(profile.policies.inFlightDuplicates).toBe('either');
    expect(profile.refusals['in-progress']).toEqual({ status: 409, codes: ['PAY003'] });
  });

  test('order answered by a Location header alone is drafted with that header', async ({ draftFrom }) => {
    const { exitCode, output, profile } = await draftFrom(
      unchanged,
      variantNamed('orders-in-location').apply(correctParts),
    );
    expect(exitCode, output).toBe(0);
    expect(profile.endpoints.createOrder).toMatchObject({ answer: {}, idInHeader: 'Location' });
  });

  test('required price of an order line is drafted, and an optional one is not', async ({ draftFrom }) => {
    const stated = await draftFrom(unchanged, variantNamed('prices-in-lines').apply(correctParts));
    expect(stated.exitCode, stated.output).toBe(0);
    expect(stated.profile.endpoints.createOrder.body.unitPrice).toBe('unitPrice');
    const optional = await draftFrom((document) => withLineOf(document, { unitPrice: { type: 'integer' } }, []));
    expect(optional.exitCode, optional.output).toBe(0);
    expect(optional.profile.endpoints.createOrder.body.unitPrice).toBeUndefined();
  });

  test('required line field that no profile can fill is named, with advice', async ({ draftFrom }) => {
    const { output } = await draftFrom(
      (document) => withLineOf(document, { optionId: { type: 'integer' } }, ['optionId']),
      replacing(({ requests }) => ({
        requests: {
          order: (body) => {
            if (!JSON.stringify(body).includes('optionId')) throw new Refusal('invalidInput');
            return requests.order(body);
          },
        },
      }))(correctParts),
    );
    expect(output).toContain('POST /api/orders demands `optionId` in each line, which a profile cannot say');
  });

  test('required coupon of a payment is named, with advice', async ({ draftFrom }) => {
    const { output } = await draftFrom(
      (document) =>
        editParts(document, (part) => {
          const properties = partOf(part, 'properties');
          if (!('amount' in properties && 'userId' in properties)) return part;
          return {
            ...part,
            properties: { ...properties, couponId: { type: 'integer', example: 3 } },
            required: ['userId', 'couponId', 'idempotencyKey'],
          };
        }),
      replacing(() => ({
        requests: {
          payment: () => {
            throw new Refusal('invalidInput', { problem: 'body.couponId' });
          },
        },
      }))(correctParts),
    );
    expect(output).toContain('POST /api/orders/{orderId}/payment demands `couponId`, and 3 was sent for it');
    expect(output).toContain("or say pay: notOffered('…')");
  });

  test('deposit is no wrong debit, and payment in parts is named as beyond profiles', async ({ draftFrom }) => {
    const begun = new Set<number>();
    const { output } = await draftFrom(
      unchanged,
      replacing(({ payments, presenters }) => ({
        payments: {
          settle: async (tx, order, payerId) => {
            payments.assertPending(order);
            const { orderId, totalAmount } = order;
            const balance = await payments.lockBalance(tx, payerId);
            const deposit = Math.floor(totalAmount / 4);
            if (begun.has(orderId)) {
              const left = await payments.debit(tx, payerId, balance, totalAmount - deposit);
              const payment = await payments.insertPayment(tx, order, payerId, new Date());
              await payments.completeOrder(tx, payment);
              return presenters.payment(payment, left);
            }
            begun.add(orderId);
            await payments.debit(tx, payerId, balance, deposit);
            return { orderId, paidAmount: deposit, status: 'SUCCESS' };
          },
        },
      }))(correctParts),
    );
    expect(output).toContain('is paid in 2 payments, the first one of');
    expect(output).toContain("say pay: notOffered('an order is paid in several payments')");
  });

  test('debit committed before its payment is named, in the file as well, and drafted as a broken promise', async ({
    draftFrom,
  }) => {
    const { output, profile, text } = await draftFrom(unchanged, faultsNamed('debit-before-key')(correctParts));
    expect(profile.policies.paymentsCommit).toBe('at-once');
    const doubt = "the money is debited before the order is paid: say 'in-steps' if that is meant";
    expect(output).toContain(doubt);
    expect(text).toContain(`paymentsCommit: 'at-once', // assumed: ${doubt}`);
  });

  test('key that is read in no place is said in a whole sentence', async ({ draftFrom }) => {
    const { output } = await draftFrom(unchanged, faultsNamed('payment-key-ignored')(correctParts));
    expect(output).toContain(
      'repeated with its key, the payment is not answered as before, but 409 O003; the key is read in none of the usual places',
    );
  });
});
