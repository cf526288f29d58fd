import { absentId } from '../../profile/ids.ts';
import type { Id } from '../../profile/ids.ts';
import { misfitOf } from '../../target-check/judge/misfit.ts';
import { StepFailure } from '../../target-check/steps/step-ends.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

const korean = /\p{Script=Hangul}/u;

/** Asks for a refusal in English. Whether its words are English otherwise is for the scenarios to say. */
async function beRefusedInEnglish(walk: Walk): Promise<void> {
  const order = walk.fact('order');
  const productId = walk.id('product', walk.fact('product').productId);
  const ordering = (line: { readonly productId: Id; readonly quantity: number }) =>
    walk.send((api) =>
      api.with({ headers: { 'accept-language': 'en' } }).createOrder({
        userId: walk.id('user', order.userId),
        items: [line],
        idempotencyKey: walk.newKey(),
      }),
    );
  const refused = await ordering({ productId: absentId(productId), quantity: 1 }).catch((error: unknown) => {
    // What fails at an unknown product may well refuse a quantity.
    if (error instanceof StepFailure) return ordering({ productId, quantity: 0 });
    throw error;
  });
  const speaksEnglish = !korean.test(refused.refusal?.message ?? '');
  if (speaksEnglish || !walk.profile.policies.speaksEnglish) return;
  walk.add(misfitOf('a refusal is in Korean for Accept-Language: en', ['policies', 'speaksEnglish'], false));
}

/** Shows whether messages are in English for those who ask for it. */
export const languageStep: Step = { title: 'be refused in English', run: beRefusedInEnglish };
