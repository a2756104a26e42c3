/** node tools/release/notes.ts: prints what CHANGELOG.md says of the version of package.json, as the text of its release. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf } from '../package/manifest.ts';
import { notesOf } from './change-notes.ts';

const root = join(import.meta.dirname, '../..');
console.log(notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), manifestOf(root).version).text);
