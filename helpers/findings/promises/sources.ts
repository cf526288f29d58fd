/** The draft of the working group HTTPAPI on idempotency keys. */
const draft = 'draft-ietf-httpapi-idempotency-key-header';

/** Where promises are written down, the sections that several of them refer to. */
export const sources = {
  enforcement: `${draft}, section 2.6 (Idempotency Enforcement)`,
  draftErrors: `${draft}, section 2.7 (Error Handling)`,
  uniqueness: `${draft}, section 2.2 (Uniqueness of Idempotency Key)`,
  expiry: `${draft}, section 2.3 (Idempotency Key Validity and Expiry)`,
  stripe: 'Stripe API reference, Idempotent requests',
  idempotentMethods: 'RFC 9110, section 9.2.2 (Idempotent Methods)',
  clientErrors: 'RFC 9110, section 15.5 (Client Error 4xx)',
  http: 'the shop contract, HTTP',
  keys: 'the shop contract, Idempotency of payment',
  doubleEntry: 'double-entry accounting: every debit has its credit of the same amount',
} as const;
