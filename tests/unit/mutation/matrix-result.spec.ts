import { expect, test } from '@playwright/test';
import {
  accusation,
  isFullScore,
  matrixTable,
  type FaultResult,
  type VariantResult,
} from '../../../helpers/mutation/matrix-result.ts';

const fault: FaultResult = {
  name: 'debit-twice',
  family: 'money',
  race: false,
  killed: true,
  killedBy: ['order-then-pay.spec.ts › an order is paid', 'top-up.spec.ts › a top-up'],
  throughGate: false,
  byOwnFamily: true,
  findings: 1,
  findingIds: [],
  firstIsOwn: true,
  seconds: 1.5,
};
const variant: VariantResult = { name: 'slow-payments', green: true, failed: [], seconds: 12 };

test.describe('matrix result', () => {
  test('is a full score only when every fault is killed and every variant green', () => {
    const counts = { score: { killed: 1, total: 1 }, notTried: [] };
    expect(isFullScore({ faults: [fault], variants: [variant], ...counts })).toBe(true);
    expect(isFullScore({ faults: [fault, { ...fault, killed: false }], variants: [variant], ...counts })).toBe(false);
    expect(isFullScore({ faults: [fault], variants: [{ ...variant, green: false }], ...counts })).toBe(false);
    const notTried = ['The shop big-ids does not start: no table'];
    expect(isFullScore({ faults: [fault], variants: [variant], ...counts, notTried })).toBe(false);
  });

  test('is no full score when a race was killed by luck', () => {
    const counts = { score: { killed: 1, total: 1 }, notTried: [] };
    const race = { ...fault, race: true };
    expect(isFullScore({ faults: [race], variants: [], ...counts })).toBe(false);
    expect(isFullScore({ faults: [{ ...race, throughGate: true }], variants: [], ...counts })).toBe(true);
    expect(matrixTable({ faults: [race], variants: [], ...counts })).toContain('BY LUCK   debit-twice');
  });

  test('is no full score when a fault was killed by scenarios of other families alone', () => {
    const counts = { score: { killed: 1, total: 1 }, notTried: [] };
    const stray = { ...fault, byOwnFamily: false };
    expect(isFullScore({ faults: [stray], variants: [], ...counts })).toBe(false);
    expect(matrixTable({ faults: [stray], variants: [], ...counts })).toContain('STRAY     debit-twice');
  });

  test('is a table of faults and their killers, with the score', () => {
    const table = matrixTable({
      faults: [fault, { ...fault, name: 'oversell', race: true, killed: false, killedBy: [] }],
      variants: [variant, { ...variant, name: 'big-ids', green: false, failed: ['key-edges.spec.ts › keys'] }],
      score: { killed: 1, total: 2 },
      notTried: ['The shop big-ids does not start: no table'],
    });
    expect(table).toContain('killed    debit-twice');
    expect(table).toContain('order-then-pay.spec.ts › an order is paid (+1)');
    expect(table).toMatch(/SURVIVED {2}oversell .*race/);
    expect(table).toMatch(/ACCUSED .*big-ids.*key-edges\.spec\.ts › keys/);
    expect(table).toContain('NOT TRIED The shop big-ids does not start: no table');
    expect(table).toContain('1 of 2 faults killed, 1 of 2 variants green');
  });

  test('says who accuses a variant, and of what', () => {
    const failed = ['key-edges.spec.ts › keys'];
    expect(accusation({ name: 'big-ids', failed, error: 'Error: expected 200\nseen 409' })).toBe(
      'big-ids  key-edges.spec.ts › keys\n    Error: expected 200\n    seen 409',
    );
    expect(accusation({ name: 'big-ids', failed })).toBe('big-ids  key-edges.spec.ts › keys');
  });
});
