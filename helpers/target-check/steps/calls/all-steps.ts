import { cancelStep } from './cancel-step.ts';
import { firstSteps } from './first-steps.ts';
import { keySteps } from './key-steps.ts';
import { createStep, lookUpStep, payStep, topUpStep } from './order-steps.ts';
import { refusalSteps } from './refusal-steps.ts';
import { replayOrderStep, replayPaymentStep } from './replay-steps.ts';
import { sameSystemSteps } from './same-system-steps.ts';
import { textAmountStep } from './text-amount-step.ts';
import type { Step } from '../step.ts';

/** The whole walk, in order. */
export const allSteps: readonly Step[] = [
  ...firstSteps,
  ...sameSystemSteps,
  createStep,
  replayOrderStep,
  lookUpStep,
  payStep,
  replayPaymentStep,
  cancelStep,
  topUpStep,
  ...refusalSteps,
  textAmountStep,
  ...keySteps,
];
