/**
 * Bundles the script and the style of the page that `--gallery` writes, and writes them down as a TypeScript module of
 * texts, which is loaded as any other module. What has not changed is left as it is.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { hashOfFiles } from './hash-of-files.ts';

const root = join(import.meta.dirname, '..');
const gallery = 'src/engine/thumbnails/sets/gallery';
const target = join(root, gallery, 'page-binary.ts');
const viewer = 'node_modules/photoswipe';
/** Their licence asks that this goes with every copy. */
const licence = readFileSync(join(root, viewer, 'LICENSE'), 'utf8').replace(
  /^Copyright.*$/m,
  (line) => `PhotoSwipe: ${line}\nThumbHash: Copyright (c) 2023 Evan Wallace`,
);
const credits = `/*! ${licence.trim()} */\n`;

const hash = hashOfFiles(root, [
  `${gallery}/page`,
  `${viewer}/package.json`,
  'node_modules/thumbhash/package.json',
  'tools/build-gallery-page.ts',
]);
const firstLine = `/** Made by \`npm run build:kernel\` from page/. Not committed. Sources: ${hash} */`;
if (!existsSync(target) || !readFileSync(target, 'utf8').startsWith(firstLine)) await writeModule();

async function writeModule(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(root, gallery, 'page/main.ts')],
    bundle: true,
    format: 'iife',
    minify: true,
    target: ['chrome111', 'firefox121', 'safari17'],
    legalComments: 'none',
    write: false,
  });
  const styles = [`${viewer}/dist/photoswipe.css`, `${gallery}/page/page.css`];
  const style = await transform(styles.map((file) => readFileSync(join(root, file), 'utf8')).join('\n'), {
    loader: 'css',
    minify: true,
    legalComments: 'none',
    // The browser resolves light-dark() itself.
    target: ['chrome123', 'firefox121', 'safari17.5'],
  });
  // As browsers read it, or its hash would be another.
  const script = `${credits}${outputFiles[0]?.text.trim() ?? ''}`.replaceAll('\r\n', '\n');
  // Either would end where the page's element does.
  if (/<\/(script|style)|<!--/i.test(`${script}${style.code}`))
    throw new Error('The text would end its element.');
  const scriptHash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
  writeFileSync(
    target,
    [
      firstLine,
      `export const galleryScript = ${JSON.stringify(script)};`,
      `export const galleryScriptHash = '${scriptHash}';`,
      `export const galleryStyle = ${JSON.stringify(style.code.trim())};`,
      '',
    ].join('\n'),
  );
  process.stdout.write(
    `${gallery}/page-binary.ts: ${script.length + style.code.length} characters of a page\n`,
  );
}
