import { randomUUID } from 'node:crypto';
import { isMissing, type Endpoints } from '../profile/endpoint-forms.ts';
import type { Id } from '../profile/ids.ts';
import { plainAmount } from '../profile/amount-in-words.ts';
import { moneyCodec, type MoneyCodec } from '../profile/money-codec.ts';
import { parseJson, type Field, type Json } from '../text/json.ts';
import type { ApiCallsOptions } from './api-calls.ts';
import type { OrderLine } from './order-line.ts';
import { linesOfBody, orderTotal, type PriceOf } from './order-total.ts';
import { namedFields } from './request-body.ts';

interface RequestValuesOptions extends Pick<ApiCallsOptions, 'profile' | 'onNotOffered'> {
  /** Totals of the orders that were answered, by id. */
  readonly totals: ReadonlyMap<string, number>;
  readonly priceOf?: PriceOf;
}

const amountOfUnknownOrder = 10_000;
const priceOfUnknownProduct = 1_000;

/** What requests say: amounts and lines in the target's notation, and what it demands where a test leaves it out. */
export class RequestValues {
  readonly #options: RequestValuesOptions;
  readonly #endpoints: Endpoints;
  readonly #money: MoneyCodec;

  constructor(options: RequestValuesOptions) {
    this.#options = options;
    this.#endpoints = options.profile.endpoints;
    this.#money = moneyCodec(options.profile.money);
  }

  /** Converts an amount, valid or not, to the target's notation; a value that is no number is sent as it is. */
  amount(amount: Field): Field {
    return typeof amount === 'number' ? this.#money.toJson(amount) : amount;
  }

  /** Returns an amount of a request as if an answer said it; nothing where no answer could. A text may be read as a number. */
  readable(amount: unknown): unknown {
    const asNumber = typeof amount === 'string' && /^\d/.test(amount) ? Number(amount) : amount;
    return [amount, asNumber].find((one) => this.#money.fromJson(one) >= 0);
  }

  /** Ends the test where it needs a larger top-up than the target takes; one that no target takes is sent. */
  assertTopUpWithinLimit(amount: Field): void {
    const { money, policies } = this.#options.profile;
    const largest = Math.min(policies.largestTopUp ?? Infinity, money.largest ?? Infinity);
    if (typeof amount !== 'number' || amount <= largest || amount >= Number.MAX_SAFE_INTEGER) return;
    this.#options.onNotOffered?.(`the largest top-up of this target is ${plainAmount(largest, money)}`);
  }

  /** Returns the amount that a payment states: the order's total where it must state one and none is said. */
  stated(orderId: Id, payment: { readonly amount?: Field }): Field {
    const { pay } = this.#endpoints;
    if ('amount' in payment || isMissing(pay) || pay.amount !== 'required') return this.amount(payment.amount);
    return this.amount(this.#options.totals.get(String(orderId)) ?? amountOfUnknownOrder);
  }

  /** Returns the key of an order that says none: a new one where the target demands it. */
  orderKey(): string | undefined {
    return this.#options.profile.policies.key.requiredFor.includes('createOrder') ? randomUUID() : undefined;
  }

  lines(items: readonly OrderLine[] | undefined): Record<string, Json>[] | undefined {
    const { productId, quantity, unitPrice, items: list } = this.#endpoints.createOrder.body;
    if (list === undefined && items !== undefined && items.length > 1) {
      this.#options.onNotOffered?.('an order of this target has a single line');
    }
    return items?.map((line) => ({
      ...namedFields([
        [productId, line.productId],
        [quantity, line.quantity],
        [unitPrice, this.amount(line.price ?? this.#options.priceOf?.(line.productId) ?? priceOfUnknownProduct)],
      ]),
      ...line.further,
    }));
  }

  /** Returns what the lines of an order come to, where that is known. */
  total(items: readonly OrderLine[] | undefined): Field {
    return this.amount(orderTotal(items, this.#options.priceOf));
  }

  /** Returns the same of an order that is sent as a text. */
  totalOf(body: string): Field {
    return this.amount(orderTotal(linesOfBody(parseJson(body), this.#endpoints.createOrder), this.#options.priceOf));
  }
}
