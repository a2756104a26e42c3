import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { noncePlaceholder } from './src/main/app/app-files.ts';
import { brotliOfNode } from './tools/brotli-of-node.ts';
import { wasmBeside } from './tools/wasm-beside.ts';

const root = import.meta.dirname;

/**
 * Main and preload are CommonJS (`.cjs`, as package.json says "module"): a sandboxed preload cannot be a module,
 * and only a CommonJS entry can set UV_THREADPOOL_SIZE before libuv's pool is first used.
 */
const commonJs = {
  format: 'cjs' as const,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
  // The worker's bundle exports more than its default to its own chunks.
  exports: 'named' as const,
};

/** Node maps the lines of files that it loads after it is told to, so that the entry is a file of its own, before all. */
const mapsSources = {
  name: 'shoal:maps-sources',
  generateBundle(this: {
    emitFile(file: { type: 'prebuilt-chunk'; fileName: string; code: string }): string;
  }) {
    this.emitFile({
      type: 'prebuilt-chunk',
      fileName: 'index.cjs',
      code: "process.setSourceMapsEnabled(true);\nrequire('./main.cjs');\n",
    });
  },
};

export default defineConfig({
  main: {
    // tools/dev says otherwise; see src/main/app/dev-page.ts.
    define: { __SHOAL_DEV_PAGE__: 'undefined' },
    // The engine's worker is among the chunks.
    plugins: [mapsSources, wasmBeside('chunks/'), brotliOfNode()],
    build: {
      outDir: 'out/main',
      sourcemap: true,
      // Bundled, all but what loads files of its own at run time. The engine's worker comes in as its own
      // bundle where it is imported with `?modulePath`.
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: resolve(root, 'src/main/index.ts') },
        external: ['electron', 'sharp', 'piscina', /^libheif-js\//],
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      sourcemap: true,
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: commonJs,
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    html: { cspNonce: noncePlaceholder },
    build: {
      outDir: resolve(root, 'out/renderer'),
      sourcemap: true,
      // The page is read and compiled before the first thing is seen: less of it is seen sooner.
      minify: true,
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
});
