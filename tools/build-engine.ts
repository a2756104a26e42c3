/**
 * Bundles the command line, the library and the worker into `dist/`, with shared chunks and source maps, and writes the
 * library's types and the notices of what is bundled beside them. A start reads a handful of files instead of several
 * hundred, which is most of what a small run waits for; see docs/adr/0003.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { brotliOfNode } from './brotli-of-node.ts';
import { engineBuild, markBuilt } from './build-stamps.ts';
import { bundledNotices, noticesText, takeDownPackages } from './notices/bundled.ts';
import { writePublicTypes } from './package/public-types.ts';
import { wasmBeside } from './wasm-beside.ts';

const root = join(import.meta.dirname, '..');
const output = join(root, 'dist');
const packages = new Set<string>();
const refusesOldNode = `{
  const { isTooOld, tooOld } = require('../bin/needed-node.cjs');
  if (isTooOld(process.versions.node)) throw new Error(tooOld());
}`;

interface Bundle {
  readonly entries: Readonly<Record<string, string>>;
  /** Modules that are in one file, by its name. Otherwise each set of modules that some entries share has its own. */
  readonly groups?: readonly { readonly name: string; readonly test: RegExp }[];
  readonly wasm?: boolean;
  /** Chunks of former builds go, as their names carry a hash. */
  readonly emptyOutDir?: boolean;
}

/** What runs in one thread is bundled together, and shares nothing with the other's: fewer files to a start. */
async function bundle({ entries, groups = [], wasm = false, emptyOutDir = false }: Bundle): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    // Bundled, all but what loads files of its own at run time, or has to stay replaceable: docs/adr/0085.
    ssr: { noExternal: true, external: ['sharp', 'piscina', 'libheif-js'] },
    plugins: [wasm && wasmBeside(), brotliOfNode(), takeDownPackages(root, packages)],
    build: {
      ssr: true,
      outDir: output,
      emptyOutDir,
      target: 'node22',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
        // An entry exports its own names, and no more for the other chunks' sake.
        preserveEntrySignatures: 'strict',
        output: {
          // Loaded a good deal quicker than modules, in each thread anew.
          format: 'cjs',
          exports: 'named',
          // All in one folder: `worker-file.ts` finds the worker beside itself.
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          // What the library needs is said in a sentence, before a module fails that an older Node does not have.
          banner: ({ isEntry, name }) => (isEntry && name === 'index' ? refusesOldNode : ''),
          codeSplitting: groups.length === 0 || { groups: [...groups] },
        },
      },
    },
  });
}

/**
 * Small modules that some readers of pictures share, and that a thread loads for its first JPEG anyway: one file instead
 * of twelve. To put what many share into one file is no gain: what a thread then loads in vain takes longer.
 */
const ofEachThumbnail = new RegExp(
  `/src/(${[
    'codecs/common/(compiled-module|exif-orientation|geometry|icc-profile)',
    'codecs/headers/(file-bytes|tiff-directories|tiff-header)',
    'codecs/jpeg/(choose-path|jpeg-header|unreadable-jpeg)',
    'codecs/png/chunks',
    'engine/thumbnails/task/(held-jpeg|image/watch|pixels/drawn-fit)',
    'engine/files/(already-there|machine-fault|open-input|room-for-files|same-bytes|system-error|write-whole|parts/\\w[\\w-]*)',
    'shared/(colour-code|failure|hash64|image-formats|image-signatures|say/say|stages)',
    'shared/settings/boxes',
  ].join('|')})\\.ts$`,
);

/** What every start of the command line loads, and so do some of its commands later: one file instead of five. */
const ofEachStart =
  /\/src\/(?:shared\/failure|shared\/naming\/nearest|engine\/files\/state\/config-folder|cli\/defaults\/read-default|cli\/flags\/is-for-queue)\.ts$/;

/** Small modules that each run of thumbnails loads, and so do what lists, mirrors and sets are made by: one file instead of ten. */
const ofEachRun =
  /\/src\/engine\/(?:files\/(?:open-output-folder|read-small-file|real-path|seen-set|stamp|stat-of|symlink-within|system-error)|run\/journal\/journal-folder|thumbnails\/walk\/content-of-file)\.ts$/;

await bundle({
  entries: { main: 'src/cli/main.ts', index: 'src/engine/index.ts' },
  groups: [
    { name: 'start', test: ofEachStart },
    { name: 'run', test: ofEachRun },
  ],
  emptyOutDir: true,
});
await bundle({
  entries: { worker: 'src/engine/worker.ts' },
  groups: [{ name: 'parts', test: ofEachThumbnail }],
  wasm: true,
});
// By itself, because it is loaded without what it provides.
await bundle({ entries: { 'compile-cache': 'src/engine/files/compile-cache.ts' } });
writeFileSync(join(output, 'THIRD-PARTY-NOTICES.txt'), noticesText(bundledNotices(packages)));
await writePublicTypes(output);
markBuilt(engineBuild);
