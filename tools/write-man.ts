import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manPage } from './man/man-page.ts';

// Into what is packed: package.json names it for npm, which links it to where man finds it.
const folder = join(import.meta.dirname, '../dist');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'shoal.1'), manPage());
