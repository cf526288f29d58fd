import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { notOffered } from '../../../helpers/profile/endpoint-forms.ts';
import { loadTarget, targetNames } from '../../../helpers/profile/load-target.ts';
import { mistakesIn } from '../../../helpers/profile/forms/profile-form.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { SettingsError } from '../../../helpers/settings/settings-error.ts';
import { projectFolder } from '../../../helpers/text/project-folder.ts';
import { writeProfile } from '../support/runs/run-target-check.ts';

const { endpoints, policies, refusals, tables } = reference;
const targets = path.join('fixtures', 'shops', 'targets');

test.describe('form of target profiles', () => {
  test('every profile that is shipped, and every one of the bundled shops, is one', async () => {
    const ofShops = readdirSync(path.join(projectFolder, targets)).map((file) => path.join(targets, file));
    for (const target of [...targetNames(), ...ofShops]) {
      expect.soft(mistakesIn(await loadTarget(target)), target).toEqual([]);
    }
  });

  test('gateway may be made to decline by what a key begins with, and by nothing else', () => {
    expect(mistakesIn({ ...reference, gateway: { declines: { keyPrefix: 'FAIL-' } } })).toEqual([]);
    expect(mistakesIn({ ...reference, gateway: { declines: { keyPrefix: '' } } })).not.toEqual([]);
  });

  for (const [what, profile, sentence] of [
    [
      'unknown field of a policy',
      { ...reference, policies: { ...policies, stockIsTakenBy: 'order' } },
      'policies has no `stockIsTakenBy`',
    ],
    ['unknown part', { ...reference, table: tables }, 'there is no `table` (did you mean tables?)'],
    [
      'wrong word',
      { ...reference, policies: { ...policies, paidOrders: 'cancelable' } },
      "`policies.paidOrders` is \"cancelable\": expected 'final' or 'cancellable' (did you mean cancellable?)",
    ],
    [
      'missing refusal',
      { ...reference, refusals: { ...refusals, balance: undefined } },
      '`refusals.balance` is missing',
    ],
    [
      'text instead of phrases',
      { ...reference, refusals: { ...refusals, stock: { status: 400, codes: [], says: 'no' } } },
      '`refusals.stock.says` is "no": expected a list of texts',
    ],
    [
      'gateway that is made to decline by nothing',
      { ...reference, gateway: { declines: {} } },
      '`gateway.declines` is {}: expected amount, fields, headers or keyPrefix',
    ],
    [
      'unknown behaviour of a gateway',
      { ...reference, gateway: { refuses: { amount: 10_001 } } },
      'gateway has no `refuses`',
    ],
    [
      'amount of a gateway as a text',
      { ...reference, gateway: { timesOut: { amount: '10001' } } },
      '`gateway.timesOut.amount` is "10001": Invalid input: expected number, received string',
    ],
    [
      'text instead of words for later states',
      { ...reference, orderStatus: { ...reference.orderStatus, later: 'SHIPPED' } },
      '`orderStatus.later` is "SHIPPED": expected a list of texts',
    ],
    [
      'wrong method below an endpoint',
      { ...reference, endpoints: { ...endpoints, pay: { ...endpoints.pay, method: 'post' } } },
      "`endpoints.pay.method` is \"post\": expected 'GET' or 'POST' or 'PUT' or 'PATCH' or 'DELETE' (did you mean POST?)",
    ],
    [
      'missing call that cannot be missing',
      { ...reference, endpoints: { ...endpoints, createOrder: notOffered('no') } },
      '`endpoints.createOrder.method` is missing',
    ],
    [
      'field that an answer does not have',
      { ...reference, endpoints: { ...endpoints, getBalance: { ...endpoints.getBalance, answer: { amount: 'a' } } } },
      'endpoints.getBalance.answer has no `amount`',
    ],
  ] as const) {
    test(`${what} is said`, () => {
      expect(mistakesIn(profile)).toContain(sentence);
    });
  }

  test('profile with a mistake is not loaded, and the error names file and mistake', async ({}, testInfo) => {
    const source = "{ ...reference, ids: { ...reference.ids, user: 'uuid' } }";
    const target = await writeProfile(testInfo.outputPath('profile.ts'), source);
    const loading = loadTarget(target);
    await expect(loading).rejects.toThrow(SettingsError);
    await expect(loading).rejects.toThrow(/profile\.ts has a mistake: `ids\.user` is "uuid": expected/);
  });
});
