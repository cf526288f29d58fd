import type { TargetProfile } from '../../profile/target-profile.ts';

/** The kind of value of an answer's field. */
export type FieldKind = 'money' | 'count' | 'text' | 'instant' | 'lines' | keyof TargetProfile['ids'];

const kinds: Readonly<Record<string, FieldKind>> = {
  userId: 'user',
  productId: 'product',
  orderId: 'order',
  paymentId: 'payment',
  balance: 'money',
  chargedAmount: 'money',
  price: 'money',
  totalAmount: 'money',
  subtotalAmount: 'money',
  discountAmount: 'money',
  paidAmount: 'money',
  remainingBalance: 'money',
  unitPrice: 'money',
  subtotal: 'money',
  stock: 'count',
  quantity: 'count',
  items: 'lines',
  createdAt: 'instant',
  paidAt: 'instant',
  chargedAt: 'instant',
};

/** Returns the kind of a field, by the suite's name of it. */
export const kindOf = (field: string): FieldKind => kinds[field] ?? 'text';

/** Returns whether a field holds an id. */
export const isIdKind = (kind: FieldKind): kind is keyof TargetProfile['ids'] =>
  kind === 'user' || kind === 'product' || kind === 'order' || kind === 'payment';
