import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';
import { projectFolder } from '../../text/project-folder.ts';

interface Picture {
  /** The HTML file. */
  readonly of: string;
  /** The PNG file. */
  readonly to: string;
  /** The folder of the run that is shown. */
  readonly folder: string;
  readonly width: number;
  readonly height: number;
}

/** Returns a script that shortens the paths on a page to those inside some folders: where they are is nobody's business. */
const shortenPaths = (...folders: readonly string[]): string => `(() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const folder of ${JSON.stringify(folders)}) texts.currentNode.data = texts.currentNode.data.replaceAll(folder + '/', '');
  }
})()`;

/** Opens an HTML file and takes a picture of the top of its page. */
export async function takePicture(browser: Browser, { of, to, folder, width, height }: Picture): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
  await page.goto(pathToFileURL(of).href);
  await page.evaluate('document.fonts.ready');
  await page.evaluate(shortenPaths(folder, projectFolder));
  await page.screenshot({ path: to, animations: 'disabled' });
  await page.close();
}
