import { notOffered, type Endpoint, type KeyPlace } from '../profile/endpoint-forms.ts';
import type { KeyedCall, Tables } from '../profile/tables.ts';
import { reference } from '../profile/targets/reference.ts';
import type { Operation } from './document/operation.ts';
import type { Choice, Evidence, TableName } from './evidence.ts';
import { constantsOf } from './match/constants.ts';
import { draftEndpoint, type DraftedEndpoint } from './match/draft-endpoint.ts';
import { assumed, fromDocument, fromRecording, Grounds } from './match/grounds.ts';
import type { Role } from './match/rank-operations.ts';
import type { MatchedTables } from './tables/match-tables.ts';

const usualKey: KeyPlace = { in: 'header', name: 'Idempotency-Key' };

/** One draft in the making: its parts, each with its ground. */
export class DraftMaker {
  readonly grounds = new Grounds();
  readonly #evidence: Evidence;
  readonly #choice: Choice;

  constructor(evidence: Evidence, choice: Choice) {
    this.#evidence = evidence;
    this.#choice = choice;
  }

  operation(role: Role): Operation | undefined {
    return this.#evidence.operations[role][this.#choice.operations[role] ?? 0];
  }

  /** Returns a call as its document tells it; undefined where the document has none. */
  drafted(role: Role): DraftedEndpoint | undefined {
    const operation = this.operation(role);
    if (!operation) return undefined;
    this.grounds.note(['endpoints', role], operation.source ?? this.#evidence.source);
    const drafted = this.#withLineIds(role, draftEndpoint(role, operation));
    if (this.#choice.fullBodies[role] !== 'tried') return drafted;
    const used = [...Object.values(drafted.body), ...(drafted.key?.in === 'body' ? [drafted.key.name] : [])];
    return { ...drafted, constants: constantsOf(operation.body, used, 'all') };
  }

  #withLineIds(role: Role, drafted: DraftedEndpoint): DraftedEndpoint {
    const { body } = drafted;
    if (role !== 'createOrder' || body.items === undefined || this.#choice.plainLineIds !== 'tried') return drafted;
    return { ...drafted, body: { ...body, productId: 'id' } };
  }

  /** Returns method, path and status; those of the reference where no document says anything. */
  base(role: Role, drafted: DraftedEndpoint | undefined): Endpoint {
    const usual = reference.endpoints[role];
    if (!drafted) {
      this.grounds.note(['endpoints', role], assumed('no document describes it'));
      return { method: usual.method, path: usual.path, success: usual.success };
    }
    return { method: drafted.method, path: drafted.path, success: drafted.success ?? usual.success };
  }

  key(role: KeyedCall, drafted: DraftedEndpoint | undefined): { key: KeyPlace } {
    if (drafted?.key) return { key: drafted.key };
    const others = (['pay', 'createOrder', 'chargeBalance'] as const).flatMap((one) => {
      const operation = this.operation(one);
      const key = operation && draftEndpoint(one, operation).key;
      return key?.in === 'header' ? [key] : [];
    });
    this.grounds.note(['endpoints', role, 'key'], assumed('the document names no key here'));
    return { key: others[0] ?? (drafted ? usualKey : reference.endpoints[role].key) };
  }

  missing(role: Role) {
    const isRecording = this.#evidence.source === fromRecording;
    this.grounds.note(['endpoints', role], isRecording ? assumed('the recording has no such call') : fromDocument);
    return notOffered(`none found in the ${isRecording ? 'recording' : 'document'}: say it here if there is one`);
  }

  isMissing(role: Role): boolean {
    return this.#evidence.isDocumented && !this.operation(role);
  }

  /** Returns that there is no table for something. */
  absent(name: TableName, why: string) {
    this.grounds.note(['tables', name], 'from the tables');
    return notOffered(why);
  }

  /** Returns where the lines of orders are: in a table of their own, or in a column of the orders. */
  lines({ tables }: Evidence, candidates: MatchedTables['candidates']['orderItems'] | undefined): Tables['orderItems'] {
    if (candidates?.length !== 0 || tables?.linesColumn === undefined) {
      return this.table('orderItems', candidates, reference.tables.orderItems);
    }
    const { productId = 'productId', quantity = 'quantity' } = this.drafted('createOrder')?.body ?? {};
    this.grounds.note(['tables', 'orderItems'], assumed('its lines have the names of the request'));
    return { inColumn: tables.linesColumn, productId, quantity };
  }

  /** Returns the chosen one of the tables that can be it; that of the reference where there is none. */
  table<Table>(name: TableName, candidates: readonly Table[] | undefined, usual: Table): Table {
    const found = candidates?.[this.#choice.tables[name] ?? 0];
    this.grounds.note(['tables', name], found ? 'from the tables' : assumed('no table was found for it'));
    return found ?? usual;
  }
}
