import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../report/pictures/open-browser.ts';
import { runForPicture } from '../report/pictures/run-for-picture.ts';
import { takePicture } from '../report/pictures/take-picture.ts';
import { projectFolder } from '../text/project-folder.ts';
import { UserError } from '../text/user-error.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run pictures

Makes the pictures of the README anew, of what the reports look like today:
  .github/report.png       scenarios against a bundled shop that oversells
  .github/findings.png     the findings of that run
  .github/load-report.png  a load run whose accounts run out of balance
Needs a Chromium or Chrome and a font with Korean glyphs, and says what to install where one is missing.
`;

/** Scenario files by a part of their path: several areas are in the picture, and what the fault breaks. */
const shownScenarios = [
  'stock/overselling',
  'balance/overspending',
  'payments/order-then-pay',
  'replays/payment-replay',
];

/** The incident in short: 100 accounts with 1,000,000 won each are empty after some 2,200 payments. */
const incidentInShort = {
  LOAD_PROFILE: 'incident',
  LOAD_VUS: '60',
  LOAD_DURATION: '1m',
  LOAD_AMOUNTS: '40000,45000,50000',
  LOAD_PAUSE_MS: '0',
  LOAD_GAP_MS: '0',
  WORKERS: '1',
};

const pictureOf = (name: string): string => path.join(projectFolder, '.github', `${name}.png`);

const makePictures = async (folder: string): Promise<void> => {
  const browser = await openBrowser();
  try {
    const ofScenarios = path.join(folder, 'scenarios');
    const ofLoad = path.join(folder, 'load');
    console.log('scenarios against a shop that oversells ...');
    const scenarios = await runForPicture({
      options: ['--project=scenarios', ...shownScenarios],
      settings: { SHOP_FAULT: 'oversell', RANDOM_SEED: '1' },
      folder: ofScenarios,
      page: 'html/index.html',
    });
    await takePicture(browser, {
      folder: ofScenarios,
      of: scenarios,
      to: pictureOf('report'),
      width: 1100,
      height: 820,
    });
    const findings = path.join(ofScenarios, 'findings', 'index.html');
    await takePicture(browser, {
      folder: ofScenarios,
      of: findings,
      to: pictureOf('findings'),
      width: 1100,
      height: 1000,
    });
    console.log('a load run whose accounts run out of balance ...');
    const load = await runForPicture({
      options: ['--project=load'],
      settings: incidentInShort,
      folder: ofLoad,
      page: 'load-report/index.html',
    });
    await takePicture(browser, { folder: ofLoad, of: load, to: pictureOf('load-report'), width: 1100, height: 1150 });
  } finally {
    await browser.close();
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(help.trimEnd());
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'order-pay-pictures-'));
  try {
    await makePictures(folder);
    for (const name of ['report', 'findings', 'load-report'])
      console.log(path.relative(process.cwd(), pictureOf(name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

ignoreUnreadOutput();

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
