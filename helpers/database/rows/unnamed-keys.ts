import { keyedResources } from '../../profile/keyed-resources.ts';
import { isAbsentKeyTable } from '../structure/missing-structure.ts';
import type { TableStructure } from '../structure/table-structure.ts';
import { isMissing } from '../../profile/endpoint-forms.ts';
import type { KeyedCall } from '../../profile/tables.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

const keyedCalls = ['pay', 'createOrder', 'chargeBalance'] as const;

/**
 * Returns a warning about key rows that may stay in the database after a run: those of calls that take a key, but whose
 * key table is missing in the profile or in the database. Undefined where the table of every call exists.
 */
export function unnamedKeys(
  { name, endpoints, tables: { keys } }: Pick<TargetProfile, 'name' | 'endpoints' | 'tables'>,
  { tables }: Pick<TableStructure, 'tables'>,
): string | undefined {
  const isThere = (one: (typeof keys)[number]): boolean => tables.has(one.table) && !isAbsentKeyTable(one, tables);
  const shared = keys.filter(({ of }) => of === undefined);
  const ofCall = (call: KeyedCall) => keys.filter(({ of = [] }) => of.includes(call));
  const unnamed = keyedCalls.filter((call) => {
    const endpoint = endpoints[call];
    if (isMissing(endpoint) || !('key' in endpoint && endpoint.key)) return false;
    const own = ofCall(call);
    // A table for the keys of all calls need not hold those for which the profile names another one.
    return !(own.length > 0 ? own : shared).some(isThere);
  });
  if (unnamed.length === 0) return undefined;
  const absent = unnamed.flatMap((call) => ofCall(call).map(({ table }) => table));
  const others = shared.filter(isThere).map(({ table }) => table);
  return (
    `rows of the keys of ${unnamed.map((call) => keyedResources[call]).join(' and ')}: ` +
    (absent.length > 0
      ? `there is no ${absent.join(' and no ')}, which the profile ${name} names for them`
      : `the profile ${name} names no existing table for them`) +
    `. If the target keeps them in a table${others.length > 0 ? ` other than ${others.join(', ')}` : ''} from which no ` +
    'foreign key leads to the users, name it in tables.keys of the profile: then they are removed as well.'
  );
}
