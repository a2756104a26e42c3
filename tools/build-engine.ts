/**
 * Bundles the command line, the library and the worker into `dist/`, with shared chunks and source maps. A start reads
 * a handful of files instead of several hundred, which is most of what a small run waits for; see docs/adr/0003.
 */
import { join } from 'node:path';
import { build } from 'vite';
import { engineBuild, markBuilt } from './build-stamps.ts';

const root = join(import.meta.dirname, '..');
const output = join(root, 'dist');

/** What runs in one thread is bundled together, and shares nothing with the other's: fewer files to a start. */
async function bundle(entries: Readonly<Record<string, string>>, emptyOutDir: boolean): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    // Bundled, all but what loads files of its own at run time.
    ssr: { noExternal: true, external: ['sharp', 'piscina', 'bullmq', 'ioredis', 'libheif-js'] },
    build: {
      ssr: true,
      outDir: output,
      emptyOutDir,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
        output: {
          // Loaded a good deal quicker than modules, in each thread anew.
          format: 'cjs',
          exports: 'named',
          // All in one folder: `worker-file.ts` finds the worker beside itself.
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  });
}

// Chunks of former builds go, as their names carry a hash. The types are written afterwards.
await bundle({ main: 'src/cli/main.ts', index: 'src/engine/index.ts' }, true);
await bundle({ worker: 'src/engine/worker.ts' }, false);
// By itself, because it is loaded without what it provides.
await bundle({ 'compile-cache': 'src/engine/files/compile-cache.ts' }, false);
markBuilt(engineBuild);
