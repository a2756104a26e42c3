/**
 * node tools/release/assemble.ts FROM TO: puts what the systems built, each in a folder of its own in FROM, into the new folder
 * TO as it will be downloaded, with one feed of updates for each system, checked against the files, and the sums of all.
 */
import { join } from 'node:path';
import { manifestOf } from '../package/manifest.ts';
import { gatherRelease } from './gather-release.ts';

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) {
  console.error('Usage: node tools/release/assemble.ts FROM TO');
  process.exit(2);
}
const names = await gatherRelease(from, to, manifestOf(join(import.meta.dirname, '../..')).version);
console.log(names.join('\n'));
