import type { PlaywrightTestOptions } from '@playwright/test';

/**
 * Playwright's options for browsers, as they are for requests alone, where none of them matters.
 *
 * Playwright works out each option that is left to its default for every single test, in a step of its own: a third of
 * what a short test costs. Those that mean something to a request stay open to `use` in the configuration.
 */
export const plainContextOptions = {
  acceptDownloads: false,
  bypassCSP: false,
  clientCertificates: [],
  colorScheme: null,
  contrast: null,
  deviceScaleFactor: 1,
  extraHTTPHeaders: {},
  forcedColors: null,
  geolocation: { latitude: 0, longitude: 0 },
  hasTouch: false,
  ignoreHTTPSErrors: false,
  isMobile: false,
  javaScriptEnabled: false,
  locale: 'en-US',
  offline: false,
  permissions: [],
  reducedMotion: null,
  screen: { width: 1280, height: 720 },
  serviceWorkers: 'block',
  storageState: { cookies: [], origins: [] },
  timezoneId: 'UTC',
  userAgent: 'order-pay-scenarios',
  viewport: null,
} satisfies Partial<PlaywrightTestOptions>;
