/** The resources that calls with an idempotency key create, for messages. */
export const keyedResources = { pay: 'payments', createOrder: 'orders', chargeBalance: 'top-ups' } as const;
