import type { PlaywrightTestOptions } from '@playwright/test';

/**
 * Playwright's options for browsers, as they are for requests alone, where none of them matters.
 *
 * Playwright works out each option that is left to its default for every single test, in a step of its own. Those that
 * mean something to a request (`extraHTTPHeaders`, `ignoreHTTPSErrors`, …) are not among them, so that `use` in the
 * configuration can say them.
 */
export const plainContextOptions = {
  acceptDownloads: false,
  bypassCSP: false,
  colorScheme: null,
  contrast: null,
  deviceScaleFactor: 1,
  forcedColors: null,
  geolocation: { latitude: 0, longitude: 0 },
  hasTouch: false,
  isMobile: false,
  javaScriptEnabled: false,
  locale: 'en-US',
  offline: false,
  permissions: [],
  reducedMotion: null,
  screen: { width: 1280, height: 720 },
  serviceWorkers: 'block',
  timezoneId: 'UTC',
  viewport: null,
} satisfies Partial<PlaywrightTestOptions>;
