import { defineConfig } from '@playwright/test';

/** For `npm run dist:check` alone: what it has found is told by that check, and counts there. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: 'line',
  outputDir: '../../test-results/dist',
});
