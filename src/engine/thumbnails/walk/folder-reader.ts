import { type BigIntStats, type Dirent, promises as fs } from 'node:fs';
import { extname, join } from 'node:path';
import picomatch from 'picomatch';
import { identityOf } from '../../files/file-identity.ts';
import { isImageName, isUnreadImageName } from '../../names/output-name.ts';

/** The entries of one folder that a walk uses. */
export interface FolderEntries {
  /** Its images, in code-unit order. */
  readonly names: readonly string[];
  /** The images that are symlinks. */
  readonly links: readonly string[];
  /** The folders in it, in code-unit order. */
  readonly subfolders: readonly string[];
  /** The identities of the folders that symlinks among these lead to. */
  readonly targets: ReadonlyMap<string, string>;
  /** The number of images in formats that cannot be read, by extension. */
  readonly unread: ReadonlyMap<string, number>;
}

export interface ReaderOptions {
  readonly recursive: boolean;
  /** A glob. One without a slash is matched against file names, otherwise against paths below the root. */
  readonly match?: string | undefined;
}

interface Target {
  readonly kind: 'file' | 'folder' | 'other';
  readonly identity: string;
}

/** Reads folders, and selects the wanted images and the folders to continue with. */
export class FolderReader {
  readonly #recursive: boolean;
  readonly #matches: (below: string) => boolean;

  constructor({ recursive, match }: ReaderOptions) {
    this.#recursive = recursive;
    this.#matches = matcher(match);
  }

  /** @param below the folder's path below the root, '' for the root. */
  async read(folder: string, below: string): Promise<FolderEntries> {
    const names: string[] = [];
    const links: string[] = [];
    const subfolders: string[] = [];
    const targets = new Map<string, string>();
    const unread = new Map<string, number>();
    for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
      const { name } = entry;
      if (name.startsWith('.')) continue;
      // Awaited only if the disk must be asked: of 20,000 names usually none is a symlink.
      const target = entry.isSymbolicLink() ? await targetOf(join(folder, name)) : undefined;
      const kind = target?.kind ?? kindOf(entry);
      if (kind === 'folder' && this.#recursive) {
        subfolders.push(name);
        if (target) targets.set(name, target.identity);
      } else if (kind === 'file' && isImageName(name) && this.#matches(pathBelow(below, name))) {
        names.push(name);
        if (target) links.push(name);
      } else if (kind === 'file' && isUnreadImageName(name) && this.#matches(pathBelow(below, name))) {
        const extension = extname(name).toLowerCase();
        unread.set(extension, (unread.get(extension) ?? 0) + 1);
      }
    }
    return { names: names.sort(), links, subfolders: subfolders.sort(), targets, unread };
  }
}

/** A path below the root, with `/` as separator on every system. */
export function pathBelow(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function kindOf(entry: Pick<Dirent | BigIntStats, 'isFile' | 'isDirectory'>): Target['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** A symlink that leads nowhere counts as a file: its item fails and reports it. */
async function targetOf(link: string): Promise<Target> {
  try {
    const stat = await fs.stat(link, { bigint: true });
    return { kind: kindOf(stat), identity: identityOf(stat, link) };
  } catch {
    return { kind: 'file', identity: '' };
  }
}

function matcher(glob: string | undefined): (below: string) => boolean {
  if (glob === undefined) return () => true;
  return picomatch(glob, { nocase: true, basename: !glob.includes('/') });
}
