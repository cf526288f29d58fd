import { moneyCodec } from '../../../profile/money-codec.ts';
import { misfitOf } from '../../judge/misfit.ts';
import { balanceOf, readTables } from '../place-order.ts';
import { NotApplicable } from '../step-ends.ts';
import type { Step } from '../step.ts';
import type { Walk } from '../walk.ts';

const charged = 2_000;

async function topUpByText(walk: Walk): Promise<void> {
  walk.endpoint('chargeBalance');
  walk.fact('topUp');
  const { money, policies } = walk.profile;
  if (money.inJson === 'decimal-string') throw new NotApplicable('amounts of this target are JSON strings');
  const account = walk.fact('account');
  const userId = walk.id('user', account.userId);
  const text = String(moneyCodec(money).toJson(charged));
  const before = await readTables(walk);
  const answered = await walk.send((api) => api.chargeBalance(userId, { amount: text, idempotencyKey: walk.newKey() }));
  const added = balanceOf(await readTables(walk), account) - balanceOf(before, account);
  const isOk = answered.outcome === 'ok';
  if (added !== (isOk ? charged : 0)) {
    walk.add({
      problem: `a top-up by the text "${text}" that was ${isOk ? 'a success' : 'refused'} adds ${added} to the balance`,
      suggestion: 'the target must not do that; no profile can allow it',
    });
    return;
  }
  const { textAmounts = 'refused' } = policies;
  const seen = isOk ? 'read' : 'refused';
  if (seen !== textAmounts) {
    const problem = `an amount in a text, "${text}", is ${isOk ? 'read as that number' : 'refused'}`;
    walk.add(misfitOf(problem, ['policies', 'textAmounts'], isOk ? seen : undefined));
  } else if (!isOk) walk.judgeRefusal(answered, 'invalid-charge', 'invalid-input');
}

/** An amount in a text is refused, or read as that number: what the profile says. */
export const textAmountStep: Step = { title: 'top the account up by an amount in a text', run: topUpByText };
