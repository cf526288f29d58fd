import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';
import { projectFolder } from '../../text/project-folder.ts';

interface Picture {
  /** The HTML file. */
  readonly of: string;
  /** The PNG file. */
  readonly to: string;
  readonly width: number;
  readonly height: number;
}

/** Shortens the paths on a page to those inside the project: where it is cloned is nobody's business. */
const shortenPaths = `(() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(${JSON.stringify(`${projectFolder}/`)}, '');
})()`;

/** Opens an HTML file and takes a picture of the top of its page. */
export async function takePicture(browser: Browser, { of, to, width, height }: Picture): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
  await page.goto(pathToFileURL(of).href);
  await page.evaluate('document.fonts.ready');
  await page.evaluate(shortenPaths);
  await page.screenshot({ path: to, animations: 'disabled' });
  await page.close();
}
