/** What a call that takes keys makes, as people say it. */
export const keyedResources = { pay: 'payments', createOrder: 'orders', chargeBalance: 'top-ups' } as const;
