/** A condition on a metric. @example { metric: 'http_req_duration', expression: 'p(95)<1000' } */
export interface Threshold {
  readonly metric: string;
  readonly expression: string;
}

const expressionPattern =
  /^(avg|min|max|med|count|rate|p\(\d{1,2}(?:\.\d+)?\))\s*(<=|>=|===|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)$/;

/**
 * Reads thresholds as `LOAD_THRESHOLDS` gives them, in the expressions of k6.
 *
 * @example parseThresholds('http_req_duration:p(95)<1000; errors:rate<0.1')
 * @returns undefined when one of them is not valid.
 */
export function parseThresholds(text: string): readonly Threshold[] | undefined {
  const thresholds = text
    .split(/[;,]/)
    .filter((part) => part.trim())
    .map((part) => {
      const [, metric = '', expression = ''] = /^\s*(\w+)\s*:\s*(.+?)\s*$/.exec(part) ?? [];
      return { metric, expression: expression.replace(/\s+/g, '') };
    });
  return thresholds.every(({ metric, expression }) => metric && expressionPattern.test(expression))
    ? thresholds
    : undefined;
}

/** The parts of an expression. */
interface ThresholdExpression {
  /** @example 'p(95)' */
  readonly aggregation: string;
  readonly operator: string;
  /** In the unit of the metric. */
  readonly bound: number;
}

/**
 * Splits an expression into its parts.
 *
 * @param expression as `parseThresholds` takes it; the parts of anything else are empty.
 */
export function expressionParts(expression: string): ThresholdExpression {
  const [, aggregation = '', operator = '', bound = ''] = expressionPattern.exec(expression) ?? [];
  return { aggregation, operator, bound: Number(bound) };
}
