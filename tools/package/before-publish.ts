/** Nothing is published that names a place that is not ours: see docs/package.md. */
import { join } from 'node:path';
import { manifestOf } from './manifest.ts';

const { url } = manifestOf(join(import.meta.dirname, '../..')).repository;
if (url.includes('placeholder')) {
  console.error(`package.json still has a placeholder for the repository: ${url}. Write the real one there,
in \`homepage\` and in \`bugs\`: the links of README are resolved against it on npm.`);
  process.exit(1);
}
