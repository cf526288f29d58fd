import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Finds a Chromium or Chrome on this machine, the system's or Playwright's own; `undefined` without one. */
export function installedBrowser(): string | undefined {
  return [...places, chromium.executablePath()].find((file) => existsSync(file));
}
