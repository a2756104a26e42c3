/**
 * Writes the fonts of contact sheets down as a TypeScript module, which is loaded as any other: what a sheet looks like is
 * not to depend on the fonts of a machine. What has not changed is left as it is.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFiles } from './hash-of-files.ts';

const root = join(import.meta.dirname, '..');
const target = 'src/engine/thumbnails/sets/contact-sheet/fonts-binary.ts';
const parts = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'];
/** Not woff2, of which no part can be put into a PDF. */
const files = parts.map(
  (part) => `node_modules/@fontsource/noto-sans/files/noto-sans-${part}-400-normal.woff`,
);

const hash = hashOfFiles(root, [...files, 'tools/build-sheet-fonts.ts']);
const firstLine = `/** Made by \`npm run build:kernel\` of Noto Sans. Not committed. Sources: ${hash} */`;
const path = join(root, target);
if (!existsSync(path) || !readFileSync(path, 'utf8').startsWith(firstLine)) {
  const fonts = files.map((file) => `  '${readFileSync(join(root, file)).toString('base64')}',\n`);
  writeFileSync(path, `${firstLine}\nexport const fontsBase64: readonly string[] = [\n${fonts.join('')}];\n`);
  process.stdout.write(`${target}: ${fonts.join('').length} characters of fonts\n`);
}
