import type { ScriptContext } from '../../script-context.ts';

/** Returns how an amount of an answer is multiplied to be one of the tables. */
export const answerFactor = ({ profile: { money } }: ScriptContext): string => {
  const unit = 10 ** money.decimals;
  if (money.inJson === 'minor-units') return money.inTables === 'decimal' ? ` / ${unit}` : '';
  return money.inTables === 'decimal' ? '' : ` * ${unit}`;
};
