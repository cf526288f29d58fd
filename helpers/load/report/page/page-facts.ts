import { alike } from '../../diagnosis/alike.ts';
import type { LoadBudget, LoadLedger, LoadSummary } from '../../measure/load-summary.ts';
import { groupedInWords, type Decimals } from '../../../profile/amount-in-words.ts';
import { fixed, notMeasured, plain } from '../figures.ts';
import { markup, type Content, type Markup } from '../../../text/page/markup.ts';
import { whyNotAudited } from '../why-not-audited.ts';

type Fact = readonly [name: string, value: string];

const facts = (all: readonly Fact[]): Markup =>
  markup`<dl class="facts">${all.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>`;

const card = (title: string, ...contents: readonly Content[]): Markup => markup`<section>
<h2>${title}</h2>
${contents}
</section>\n`;

const outcome = (isGood: boolean, text: string): Markup =>
  markup`<p class="outcome"><span class="sign ${isGood ? 'pass' : 'fail'}">${isGood ? '✓' : '✗'}</span> ${text}</p>`;

const budgetCard = (budget: LoadBudget, money: Decimals): Markup => {
  const lowest: readonly Fact[] = [
    ['Needed per account', groupedInWords(budget.neededPerAccount, money)],
    ['Lowest balance', budget.lowestBalance === undefined ? notMeasured : groupedInWords(budget.lowestBalance, money)],
    ['Needed per product', `${plain(budget.neededPerProduct)} pieces`],
    ['Lowest stock', budget.lowestStock === undefined ? notMeasured : `${plain(budget.lowestStock)} pieces`],
  ];
  return card(
    'Budget',
    markup`<ul class="lines">${budget.lines.map((line) => markup`<li>${line}</li>`)}</ul>`,
    facts([
      ['Expected payments', plain(budget.expectedPayments)],
      ['Accounts', plain(budget.accounts)],
      ['Products', plain(budget.products)],
      ...lowest,
      ['Margin', `× ${plain(budget.margin)}`],
      ['Seeded', budget.seeded ? 'yes' : 'no'],
    ]),
    outcome(budget.suffices, budget.suffices ? 'It suffices.' : 'It does not suffice.'),
  );
};

const ledgerCard = (ledger: LoadLedger): Markup => {
  const unknown: readonly Fact[] = [
    ['Lost answers resolved', plain(ledger.unknownResolved)],
    ['Lost answers left open', plain(ledger.unknownLeft)],
  ];
  if (!ledger.audited) {
    return card(
      'Ledger',
      facts(unknown),
      markup`<p class="outcome muted">The tables were not audited${whyNotAudited(ledger)}. The answers alone say what was paid.</p>`,
    );
  }
  return card(
    'Ledger',
    facts([
      ['Accounts audited', plain(ledger.accounts)],
      ['Products audited', plain(ledger.products)],
      ['Payments in the tables', plain(ledger.paymentsInTables)],
      ['Payments answered', plain(ledger.paymentsAnswered)],
      ...unknown,
    ]),
    ledger.problems.length === 0
      ? outcome(true, 'Everything adds up.')
      : alike(ledger.problems).map((problem) => outcome(false, problem)),
  );
};

/**
 * Renders the sums behind the verdict: the budget of the run, the audit of the tables, and what the driver itself used.
 */
export function pageFacts({ budget, decimals, ledger, left = [], driver }: LoadSummary): Markup {
  const perIteration = driver.cpuMsPerIteration;
  const driverCard = card(
    'Driver',
    facts([
      ['CPU', `${fixed(driver.cpuSeconds, 1)} s`],
      ['CPU per iteration', perIteration === undefined ? notMeasured : `${fixed(perIteration)} ms`],
      ['Peak memory', `${fixed(driver.maxRssMb, 0)} MB`],
    ]),
  );
  const leftCard =
    left.length > 0
      ? card('Left behind', markup`<ul class="lines">${left.map((line) => markup`<li>${line}</li>`)}</ul>`)
      : undefined;
  return markup`<div class="columns">
${budget ? budgetCard(budget, { decimals }) : undefined}${ledgerCard(ledger)}${driverCard}${leftCard}</div>`;
}
