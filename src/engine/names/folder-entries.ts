import { type BigIntStats, type Dirent, promises as fs } from 'node:fs';
import { textOfBytes } from '../../shared/text-of-bytes.ts';

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** Whether a path of text leads there. */
  readonly isReachable: boolean;
  readonly isSymbolicLink: boolean;
}

/** What Node puts in the place of bytes that are not UTF-8. A name may have it as well, if rarely. */
const replacement = '\uFFFD';

/** What is in a folder, in no order. */
export async function entriesOf(folder: string): Promise<Entry[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes(replacement))) {
    return entries.map((entry) => entryOf(entry, entry.name, true));
  }
  const exact = await fs.readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  return exact.map((entry) => {
    const { text, isUtf8 } = textOfBytes(entry.name);
    return entryOf(entry, text, isUtf8);
  });
}

function entryOf(entry: Dirent | Dirent<Buffer>, name: string, isReachable: boolean): Entry {
  return { name, isReachable, kind: kindOf(entry), isSymbolicLink: entry.isSymbolicLink() };
}

export function kindOf(entry: Pick<Dirent | BigIntStats, 'isFile' | 'isDirectory'>): Entry['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}
