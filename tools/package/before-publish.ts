/** Nothing is published that names a place that is not ours: see docs/package.md. */
import { join } from 'node:path';
import { placeholdersIn } from '../release/placeholders.ts';
import { manifestOf } from './manifest.ts';

const fields = placeholdersIn(manifestOf(join(import.meta.dirname, '../..')));
if (fields.length > 0) {
  console.error(`package.json still has a placeholder in ${fields.join(', ')}. Write the address of the repository
there: the links of README are resolved against it on npm.`);
  process.exit(1);
}
