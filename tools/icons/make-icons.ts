/** Writes `resources/icons` from the drawing: `node tools/icons/make-icons.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { iconFiles } from './icon-files.ts';

const folder = join(import.meta.dirname, '../../resources/icons');
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of Object.entries(await iconFiles())) writeFileSync(join(folder, name), bytes);
