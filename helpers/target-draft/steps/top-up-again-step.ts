import { keyUnseen, topUpAgain } from '../../target-check/steps/key-unseen.ts';
import { NotApplicable } from '../../target-check/steps/step-ends.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

async function topUpTwice(walk: Walk): Promise<void> {
  walk.fact('topUp');
  if (!walk.endpoint('chargeBalance').key) {
    throw new NotApplicable('according to the profile, top-ups take no idempotency keys');
  }
  const key = walk.newKey();
  const first = await topUpAgain(walk, key);
  if (first.exchange.outcome !== 'ok') {
    walk.note('the top-up was refused: nothing is concluded from it');
    return;
  }
  const { exchange, added } = await topUpAgain(walk, key);
  if (exchange.outcome !== 'ok' || added === 0) return;
  walk.add(await keyUnseen(walk, 'chargeBalance', 'repeated with its key, the top-up is made a second time'));
}

/** Shows whether top-ups have idempotency keys. */
export const topUpAgainStep: Step = { title: 'top the account up again with the same key', run: topUpTwice };
