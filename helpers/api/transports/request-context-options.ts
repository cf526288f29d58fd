import type { APIRequest, PlaywrightTestOptions } from '@playwright/test';

/** Returns the options of a configuration's `use` that apply to requests. */
export function requestContextOptions({
  clientCertificates,
  extraHTTPHeaders,
  httpCredentials,
  ignoreHTTPSErrors,
  proxy,
  storageState,
  userAgent,
}: Partial<PlaywrightTestOptions>): Parameters<APIRequest['newContext']>[0] {
  return {
    ...(clientCertificates && { clientCertificates }),
    ...(extraHTTPHeaders && { extraHTTPHeaders }),
    ...(httpCredentials && { httpCredentials }),
    ...(ignoreHTTPSErrors !== undefined && { ignoreHTTPSErrors }),
    ...(proxy && { proxy }),
    ...(storageState !== undefined && { storageState }),
    ...(userAgent !== undefined && { userAgent }),
  };
}
