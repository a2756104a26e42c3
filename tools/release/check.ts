/** `npm run release:check [-- TAG]`: what is missing before the version of package.json can be released, docs/releasing.md. */
import { join } from 'node:path';
import { requirementsOf } from './requirements.ts';

const requirements = requirementsOf(join(import.meta.dirname, '../..'), process.argv[2]);
for (const { name, missing } of requirements) {
  console.log(missing === undefined ? `ok       ${name}` : `MISSING  ${name}. ${missing}`);
}
process.exitCode = requirements.every(({ missing }) => missing === undefined) ? 0 : 1;
