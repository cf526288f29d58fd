import js from '@eslint/js';
import playwright from 'eslint-plugin-playwright';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  {
    ignores: [
      'node_modules/',
      '.cache/',
      '.order-pay/',
      'playwright-report/',
      'test-results/',
      'load-report/',
      'findings/',
      'blob-report/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only helpers/settings reads the environment.',
        },
      ],
    },
  },
  { files: ['helpers/settings/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  // Runs in the browser, as a plain script with uPlot before it.
  {
    files: ['helpers/load/report/page/report-page-script.js'],
    languageOptions: {
      sourceType: 'script',
      globals: {
        document: 'readonly',
        getComputedStyle: 'readonly',
        matchMedia: 'readonly',
        ResizeObserver: 'readonly',
        uPlot: 'readonly',
      },
    },
  },
  {
    files: ['helpers/findings/report/page/findings-page-script.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { document: 'readonly', navigator: 'readonly', setTimeout: 'readonly' },
    },
  },
  // k6 has a runtime of its own, which brings these names.
  {
    files: ['**/*.k6.js'],
    languageOptions: { globals: { __ENV: 'readonly', __ITER: 'readonly', __VU: 'readonly', console: 'readonly' } },
  },
  // Playwright reads a fixture's dependencies from its first parameter, which must be a pattern even when it is empty.
  { files: ['fixtures/*.ts', 'fixtures/crash/*.ts'], rules: { 'no-empty-pattern': 'off' } },
  {
    files: ['tests/**/*.ts'],
    extends: [playwright.configs['flat/recommended']],
    settings: { playwright: { globalAliases: { test: ['setup'] } } },
    rules: {
      'playwright/no-skipped-test': ['error', { allowConditional: true }],
      'playwright/no-wait-for-timeout': 'error',
      'playwright/valid-test-tags': 'off',
    },
  },
  // A preflight decides and blocks; it asserts nothing of the target's promises.
  { files: ['tests/preflight.setup.ts'], rules: { 'playwright/expect-expect': 'off' } },
  {
    files: ['tests/scenarios/idempotency/interrupted/*.spec.ts', 'tests/**/*gateway*.spec.ts'],
    rules: {
      'playwright/expect-expect': ['error', { assertFunctionNames: ['expectAllOrNothing', 'expectPaidOrDeclined'] }],
    },
  },
  // A part of a load run measures; the verdict over all of them is a test of its own.
  { files: ['tests/load/load.spec.ts'], rules: { 'playwright/expect-expect': 'off' } },
);
