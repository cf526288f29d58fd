import { isOffered } from '../profile/endpoint-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { CallName } from '../api/answers/exchange.ts';
import { literal } from '../target-check/judge/misfit.ts';
import type { DocumentedField, Operation } from './document/operation.ts';
import type { Evidence } from './evidence.ts';
import { draftEndpoint } from './match/draft-endpoint.ts';
import { speaksOf } from './words/concepts.ts';
import { wordsOf } from './words/words-of.ts';

const called = { createOrder: 'orders', pay: 'payments', chargeBalance: 'top-ups' } as const;
const roles = ['createOrder', 'pay', 'chargeBalance'] as const;

const idWords = ['id', 'uuid', 'no', 'code', 'token'];

/** A value for it names a row that somebody must have made: a coupon, an address, a card. */
const namesARow = (path: string): boolean =>
  speaksOf('aside', path) || idWords.includes(wordsOf(path.split('.').at(-1) ?? '').at(-1) ?? '');

const quotedAll = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Returns the fields of lines that are demanded, and that no profile can fill. */
function lineDemands(operation: Operation): string[] {
  const { body } = draftEndpoint('createOrder', operation);
  const used = new Set(Object.values(body));
  const isOfLines = ({ list, path, isRequired }: DocumentedField): boolean =>
    list !== undefined && list === body.items && isRequired && !used.has(path);
  return operation.body.filter(isOfLines).map(({ path }) => path);
}

/**
 * Returns what calls that never succeeded demand and a profile cannot know, a sentence each, with what to do: coupons,
 * addresses and cards of each user, fields of order lines.
 */
export function unmetDemands(
  { operations }: Evidence,
  { endpoints }: TargetProfile,
  succeeded: ReadonlySet<CallName>,
): string[] {
  return roles.flatMap((role): string[] => {
    const endpoint = endpoints[role];
    if (!isOffered(endpoint) || succeeded.has(role)) return [];
    const operation = operations[role].find((one) => draftEndpoint(role, one).path === endpoint.path);
    if (!operation) return [];
    const call = `${endpoint.method} ${endpoint.path}`;
    const rows = Object.entries(endpoint.constants ?? {}).filter(([name]) => namesARow(name));
    const without =
      role === 'createOrder'
        ? ''
        : `, or say ${role}: notOffered('…') for it: the scenarios about ${called[role]} are then not applicable`;
    return [
      ...rows.map(
        ([name, value]) =>
          `${call} demands \`${name}\`, and ${literal(value)} was sent for it. Name one that holds for every user in ` +
          `endpoints.${role}.constants; where each user needs one of their own, let the database make it with the user (a trigger)${without}.`,
      ),
      ...(role === 'createOrder' && lineDemands(operation).length > 0
        ? [
            `${call} demands ${quotedAll(lineDemands(operation))} in each line, which a profile cannot say: it knows a line's ` +
              'product, quantity and price. Make them optional for the test, or put a proxy in front that adds them.',
          ]
        : []),
    ];
  });
}
