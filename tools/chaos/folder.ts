import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Paths below a folder, each with the SHA-256 of what it should hold. */
export type Contents = ReadonlyMap<string, string>;

/** What lies in a folder, held against what should. */
export interface Seen {
  /** The SHA-256 of each file under a final name. */
  readonly hashes: Contents;
  /** Half or other bytes than the name promises, a name that nothing promises, or no file at all (a link). */
  readonly wrong: readonly string[];
  /** Right bytes that lie there once more under another name. */
  readonly duplicates: readonly string[];
  readonly missing: readonly string[];
  /** Hidden files: nothing that Shoal finishes is hidden. */
  readonly parts: readonly string[];
}

/** Holds each file against what its name promises. */
export function inspect(folder: string, expected: Contents): Seen {
  const { hashes, parts, links } = read(folder);
  const known = new Set(expected.values());
  const wrong = [...links];
  const duplicates: string[] = [];
  for (const [name, hash] of hashes) {
    const promised = expected.get(name);
    if (promised === hash) continue;
    if (promised === undefined && known.has(hash)) duplicates.push(name);
    else wrong.push(name);
  }
  const missing = [...expected.keys()].filter((name) => !hashes.has(name));
  return { hashes, wrong, duplicates, missing, parts };
}

/** Holds the files against contents that have to be there once each, under whatever names. */
export function inspectContents(folder: string, expected: readonly string[]): Seen {
  const { hashes, parts, links } = read(folder);
  const left = new Set(expected);
  const known = new Set(expected);
  const wrong = [...links];
  const duplicates: string[] = [];
  for (const [name, hash] of hashes) {
    if (left.delete(hash)) continue;
    if (known.has(hash)) duplicates.push(name);
    else wrong.push(name);
  }
  return { hashes, wrong, duplicates, missing: [...left], parts };
}

/** The names of the hidden files below a folder. */
export function partsIn(folder: string): string[] {
  return entriesOf(folder)
    .map((entry) => pathOf(folder, entry))
    .filter(isHidden);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The SHA-256 of each file below a folder. */
export function contentsOf(folder: string): Contents {
  return read(folder).hashes;
}

function read(folder: string) {
  const hashes = new Map<string, string>();
  const parts: string[] = [];
  const links: string[] = [];
  for (const entry of entriesOf(folder)) {
    const name = pathOf(folder, entry);
    if (isHidden(name)) parts.push(name);
    else if (!entry.isFile()) links.push(name);
    else hashes.set(name, sha256(readFileSync(join(folder, name))));
  }
  return { hashes, parts, links };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => !entry.isDirectory(),
    );
  } catch (error) {
    // A run that was killed early has not made it yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function pathOf(folder: string, entry: Dirent): string {
  return relative(folder, join(entry.parentPath, entry.name));
}

function isHidden(path: string): boolean {
  return /(^|[/\\])\./.test(path);
}
