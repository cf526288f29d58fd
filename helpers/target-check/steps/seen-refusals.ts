import { classifyRefusal } from '../../refusals/classify-refusal.ts';
import type { NamedReason } from '../../profile/refusal-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { judgeRefusal, type SeenRefusal } from '../judge/judge-refusal.ts';
import type { Misfit } from '../judge/misfit.ts';
import { tellingErrorFields } from '../suggest/telling-error-fields.ts';
import type { Answered } from './facts.ts';

interface Correctable {
  /** With all corrections so far. */
  readonly profile: TargetProfile;
  /** Records misfits and applies their corrections. */
  add: (...misfits: readonly Misfit[]) => void;
}

/** The refusals of all steps, since what one of them tells depends on the others. */
export class SeenRefusals {
  readonly #all: { readonly reason: NamedReason; readonly exchange: Answered }[] = [];
  readonly #codes = new Map<string, SeenRefusal>();

  /** All of them, by the reason for which they were provoked. */
  get all(): readonly { readonly reason: NamedReason; readonly exchange: Answered }[] {
    return this.#all;
  }

  /** Compares a refusal with the profile. @param reasons all reasons that are true, the provoked one first. */
  judge(walk: Correctable, exchange: Answered, reasons: readonly [NamedReason, ...NamedReason[]]): void {
    const [reason] = reasons;
    const refusals = this.#all.map((one) => one.exchange);
    if (exchange.outcome === 'refused') this.#all.push({ reason, exchange });
    const told = this.#all.map((one) => ({ reason: one.reason, response: one.exchange.response }));
    walk.add(...tellingErrorFields(walk.profile, told));
    walk.add(...judgeRefusal(exchange, walk.profile, reasons, { codes: this.#codes, refusals }));
    const { code, message } = classifyRefusal(walk.profile, exchange.response.status, exchange.response.body);
    if (code !== undefined && !this.#codes.has(code)) this.#codes.set(code, { reason, message });
  }
}
