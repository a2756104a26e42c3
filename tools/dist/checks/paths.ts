import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { wasmFiles } from '../../../src/engine/thumbnails/formats/wasm-file.ts';
import { type Reference, referencesOf } from '../references/references.ts';
import { isFile, resolveReference } from '../references/resolve.ts';
import type { DistCheck } from '../tree.ts';

/** What bundled and other packages name and never load as we use them. */
const neverLoaded: readonly (readonly [from: RegExp, to: RegExp])[] = [
  // pdfkit: the standard fonts, and PDF/A. We embed our own font.
  [/^(out\/main\/chunks|cli\/dist)\/write-pdf-/, /^#standard-fonts\/|sRGB_IEC61966_2_1\.icc$/],
  // Emscripten's own place of the WebAssembly, which we hand over instead.
  [
    /^(out\/main\/chunks|cli\/dist)\/(jxl-reader|pdf-reader|webp-codec)-/,
    /^\.\/(jxl_dec|pdfium|webp_dec|webp_enc_simd)\.wasm$/,
  ],
  // For `niceIncrement`.
  [/^node_modules\/piscina\/dist\/worker\.js$/, /^@napi-rs\/nice$/],
  // For building sharp from its source.
  [/^node_modules\/sharp\/dist\/(libvips|sharp|utility)\.[cm]js$/, /^(\.\.\/src\/build\/|@img\/sharp-)/],
];

/** Every file that code in the app names is there: required, imported, a worker, WebAssembly, a picture. */
export const check: DistCheck = {
  name: 'paths',
  async run({ extracted }) {
    const missing = [...missingBelow(extracted), ...missingInPage(extracted)];
    if (missing.length > 0) throw new Error(`not in the app:\n  ${missing.join('\n  ')}`);
    return undefined;
  },
};

function missingBelow(app: string): string[] {
  const inApp = (file: string) => relative(app, file).replaceAll('\\', '/');
  const missing = Object.keys(wasmFiles)
    .map((name) => `out/main/chunks/${name}.wasm`)
    .filter((file) => !existsSync(join(app, file)));
  const { main } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  const others = globSync(['out/renderer/**/*.js', 'cli/**/*.cjs'], { cwd: app });
  const waiting = [main, 'out/preload/index.cjs', ...others].map((file) => join(app, file));
  const seen = new Set(waiting);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (!existsSync(file)) missing.push(inApp(file));
    else if (/\.[cm]?js$/.test(file)) {
      for (const reference of referencesIn(file)) {
        const found = resolveReference(reference, file);
        if (found === undefined) {
          if (!isSpared(reference, inApp(file))) missing.push(`${inApp(file)}: ${reference.to}`);
        } else if (found !== 'builtin' && !seen.has(found) && isFile(found)) {
          seen.add(found);
          waiting.push(found);
        }
      }
    }
  }
  return missing;
}

function referencesIn(file: string): Reference[] {
  const isModule = file.endsWith('.mjs') || /[\\/]renderer[\\/]/.test(file);
  return referencesOf(readFileSync(file, 'utf8'), isModule);
}

function isSpared({ to, optional }: Reference, from: string): boolean {
  return optional || neverLoaded.some(([file, path]) => file.test(from) && path.test(to));
}

/** What the page's HTML asks for. */
function missingInPage(app: string): string[] {
  const page = join(app, 'out/renderer/index.html');
  if (!existsSync(page)) return ['out/renderer/index.html'];
  const addresses = readFileSync(page, 'utf8').matchAll(/\b(?:src|href)="([^":]+)"/g);
  return [...addresses]
    .map(([, address = '']) => address)
    .filter((address) => !existsSync(join(dirname(page), address)))
    .map((address) => `out/renderer/index.html: ${address}`);
}
