import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests look at standard error, where Node 22 tells that SQLite is experimental; and start sources as they are.
const lowered = pathToFileURL(join(import.meta.dirname, 'test/lower-for-node-22.mjs'));
const forNode22 = `--disable-warning=ExperimentalWarning --import ${lowered}`;

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts'],
    reporters: ['default', './tools/vitest-tally.ts'],
    globalSetup: ['test/build-once.ts'],
    // Real workers, real servers and real images: two cores are shared by all of them.
    // Each test's command has a state folder of its own: what Node compiles for it is kept in one for all.
    env: {
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled'),
      ...(process.versions.node.startsWith('22.') && { NODE_OPTIONS: forNode22 }),
    },
    coverage: {
      // A report and no threshold: what the built command line and the window do is not seen from here.
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/codecs/*/assembly/**', '**/*-binary.ts', '**/*.test-d.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'html'],
      reportOnFailure: true,
    },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
