import { chromium, type Browser } from '@playwright/test';
import { UserError } from '../../text/user-error.ts';
import { installedBrowser } from './installed-browser.ts';

/** True where two Hangul syllables are painted differently: without a font, both are the same empty box. */
const showsKorean = `(() => {
  const painted = (text) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
    const context = canvas.getContext('2d');
    context.font = '32px sans-serif';
    context.fillText(text, 2, 34);
    return canvas.toDataURL();
  };
  return painted('잔') !== painted('액');
})()`;

/**
 * Opens the installed Chromium or Chrome.
 *
 * @throws UserError that says which package to install, without a browser or a font with Korean glyphs.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = installedBrowser();
  if (executablePath === undefined) {
    throw new UserError('There is no Chromium or Chrome on this machine: apt-get install chromium.');
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const isKoreanShown = await page.evaluate<boolean>(showsKorean);
  await page.close();
  if (isKoreanShown) return browser;
  await browser.close();
  throw new UserError(
    'No installed font has Korean glyphs, pictures would show boxes: apt-get install fonts-nanum (or fonts-noto-cjk).',
  );
}
