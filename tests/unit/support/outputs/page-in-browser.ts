import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page, type TestInfo } from '@playwright/test';

export interface PageOptions {
  /** In pixels. */
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors and messages on the console of the browser. */
  readonly errors: string[];
  /** URLs that the page requested, without its own. */
  readonly requests: string[];
  /** Shows another page in its place, which takes half as long as to open one. */
  readonly show: (html: string) => Promise<void>;
}

/** Starts the browser that is installed here. */
export const startBrowser = (executablePath: string | undefined): Promise<Browser> =>
  chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: ['--no-sandbox'] });

/** Writes a page to a file and opens it, as a reader of the report does. */
export async function openPage(
  browser: Browser,
  html: string,
  testInfo: TestInfo,
  { width = 1200, scheme = 'light' }: PageOptions = {},
): Promise<OpenedPage> {
  const file = testInfo.outputPath('index.html');
  const address = pathToFileURL(file).href;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  const show = async (shown: string): Promise<void> => {
    writeFileSync(file, shown);
    await page.goto(address);
  };
  await show(html);
  return { page, errors, requests, show };
}

/** Script that adds code and a picture to the page that are none of its own. */
export const addForeignParts = `document.body.append(
  Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = true' }),
  Object.assign(document.createElement('img'), { src: 'https://evil.example/' }),
)`;

/** Characters that no text of a page may have: controls, separators of lines, and those that turn its direction. */
export const unprintable = /[\u2028\u202e\u2066]|(?![\n\t])\p{Cc}/u;

/** Script that lists the texts of the page whose contrast is less than WCAG's 4.5 to 1. */
export const faintTexts = `(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = parts(colour).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return parts(colour)[3] === 0 ? background(element.parentElement) : colour;
  };
  return [...document.body.querySelectorAll('*:not(script)')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((element) => {
      const tones = [luminance(getComputedStyle(element).color), luminance(background(element))].sort((a, b) => b - a);
      return (tones[0] + 0.05) / (tones[1] + 0.05) < 4.5;
    })
    .map((element) => element.textContent);
})()`;
