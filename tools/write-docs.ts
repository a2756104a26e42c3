import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from './docs/documents.ts';

// Writes what a test holds against the sources: tools/docs/documents.test.ts.
for (const [name, text] of Object.entries(documents)) {
  writeFileSync(join(import.meta.dirname, '../docs', name), text());
}
