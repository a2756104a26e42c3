import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // One window at a time has the focus, and two cores are shared by the app and its pool.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./tools/playwright-tally.ts']],
  outputDir: 'test-results',
});
