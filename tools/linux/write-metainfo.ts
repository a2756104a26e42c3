/** Writes what software centres show: `node tools/linux/write-metainfo.ts`, before a release. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metainfoOf } from './metainfo.ts';

const root = join(import.meta.dirname, '../..');
writeFileSync(join(root, 'resources/linux/shoal.metainfo.xml'), metainfoOf(root));
