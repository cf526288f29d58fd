import { isOffered } from '../profile/endpoint-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Evidence } from './evidence.ts';

/** Words for what becomes of an order once it is paid, and for nothing before. */
const afterPayment = /SHIP|DELIVER|DISPATCH|REFUND|RETURN|배송|발송|출고|수령|구매\s?확정|환불|반품/i;

/**
 * Returns the words for states that a paid order moves on to, and where they are from: the values that the column of
 * the status takes; where that is any text, the values that the document gives for it.
 *
 * @param profile with the words for orders that are pending, paid and cancelled, as far as they were seen.
 */
export function laterStates(
  { operations, schema = [], source }: Pick<Evidence, 'operations' | 'schema' | 'source'>,
  { orderStatus, tables: { orders }, endpoints }: TargetProfile,
): { readonly words: readonly string[]; readonly ground: string } {
  const column = schema.find(({ name }) => name === orders.table)?.columns.find(({ name }) => name === orders.status);
  const documented = (['getOrder', 'createOrder'] as const).flatMap((role) => {
    const endpoint = endpoints[role];
    const path = isOffered(endpoint) ? endpoint.answer.status : undefined;
    const fields = operations[role].flatMap(({ answer }) => answer);
    return path === undefined ? [] : fields.filter((field) => field.path === path).flatMap(({ values }) => values);
  });
  const ofColumn = column?.values ?? [];
  const all = ofColumn.length > 0 ? ofColumn : column ? documented.map(String) : [];
  const { pending, paid, cancelled } = orderStatus;
  const words = [...new Set(all)].filter(
    (word) => afterPayment.test(word) && ![pending, paid, cancelled].includes(word),
  );
  return { words, ground: ofColumn.length > 0 ? 'from the column' : source };
}
