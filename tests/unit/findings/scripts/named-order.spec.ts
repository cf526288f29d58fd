import { expect, test } from '@playwright/test';
import ordersInLocation from '../../../../fixtures/shops/targets/orders-in-location.ts';
import { evidenceOf } from '../../../../helpers/findings/scripts/evidence-of.ts';
import { FreshKeys } from '../../../../helpers/findings/scripts/fresh-keys.ts';
import { namedOrder } from '../../../../helpers/findings/scripts/lines/named-order.ts';
import { NamedIds } from '../../../../helpers/findings/scripts/named-ids.ts';
import type { ScriptContext } from '../../../../helpers/findings/scripts/script-context.ts';
import { tableVerdict } from '../../../../helpers/findings/scripts/verdict/tables/table-verdict.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';

/** Returns the context of a finding whose only request has made an order that its header names. */
const contextOf = (): ScriptContext => {
  const [finding] = exampleFindings().findings;
  const noRows = { accounts: [], products: [], orders: [], items: [], payments: [] };
  const made = {
    ...{ call: 'createOrder', method: 'POST', path: '/api/orders', body: '{"userId":1}', status: 201, answer: '' },
    ...{ orderInHeader: '12', outcome: 'ok', sentAtMs: 0, durationMs: 1 },
  };
  const rows = { before: noRows, after: noRows };
  const evidence = finding && evidenceOf({ ...finding, evidence: { ...finding.evidence, exchanges: [made], rows } });
  if (!finding || !evidence) throw new Error('There is no evidence.');
  const ids = new NamedIds(ordersInLocation, evidence);
  return { finding, profile: ordersInLocation, evidence, ids, keys: new FreshKeys(evidence.exchanges) };
};

test.describe('order that an answer has made', () => {
  test('is read from the body, or from the header where the profile says so', () => {
    expect(namedOrder(reference, 3)).toBe("$(id_in 3 'orderId')");
    expect(namedOrder(ordersInLocation, '"$number"')).toBe(`$(id_in_header "$number" 'Location')`);
  });

  for (const [check, read] of [
    ['order-not-answered', `told="$told,'$(id_in_header "$number" 'Location')'"`],
    ['answered-order-missing', `  order=$(id_in_header "$number" 'Location')`],
  ] as const) {
    test(`is looked for in the tables by its header, for ${check}`, () => {
      expect(tableVerdict(contextOf(), check)?.lines.join('\n')).toContain(read);
    });
  }
});
