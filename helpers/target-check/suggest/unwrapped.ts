import ts from 'typescript';

/** Returns an expression without its wrappers: brackets, `as`, `satisfies`, `defineTarget(…)`. */
export const unwrapped = (expression: ts.Expression): ts.Expression => {
  if (ts.isCallExpression(expression)) {
    const [first] = expression.arguments;
    return first && expression.expression.getText() === 'defineTarget' ? unwrapped(first) : expression;
  }
  return ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression)
    ? unwrapped(expression.expression)
    : expression;
};
