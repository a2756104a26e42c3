/** Writes what is made of other files: `node tools/linux/write-files.ts`, before a release and after an update of electron-builder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metainfoOf } from './metainfo.ts';
import { packageScript } from './package-scripts.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'resources/linux');
writeFileSync(join(folder, 'shoal.metainfo.xml'), metainfoOf(root));
for (const when of ['install', 'remove'] as const)
  writeFileSync(join(folder, `after-${when}.tpl`), packageScript(when));
