import { type Dirent, promises as fs } from 'node:fs';
import { extname, join } from 'node:path';
import picomatch from 'picomatch';
import type { Failure } from '../../shared/failure.ts';
import { failureOfSystemError } from '../files/system-error.ts';
import { isImageName, isUnreadImageName } from '../plan/output-name.ts';

export interface WalkOptions {
  /** Whether subfolders are walked too. */
  readonly recursive: boolean;
  /** A glob; one without a slash is held against file names, else against paths below the root. */
  readonly match?: string | undefined;
  /** Folders that are not walked: where outputs go. Asked with the absolute path. */
  readonly isOutputFolder: (folder: string) => boolean;
}

/** What a walk finds, folder by folder. */
export type WalkEvent =
  | { readonly kind: 'folder'; readonly folder: string; readonly names: readonly string[] }
  | { readonly kind: 'failed'; readonly path: string; readonly error: Failure }
  | { readonly kind: 'warning'; readonly message: string };

interface Place {
  /** Path below the root, '' for the root itself, with `/` between. */
  readonly below: string;
  /** Device and inode of this folder and of all above it, to know a symlink that leads back. */
  readonly ancestors: readonly string[];
}

/**
 * Walks a folder for images: names in code-unit order, hidden files and folders left out, symlinks followed.
 * Yields a folder's images before it looks into the next folder, so that work starts before the walk ends.
 */
export async function* walkImages(root: string, options: WalkOptions): AsyncGenerator<WalkEvent, void> {
  const matches = matcher(options.match);
  const passedOver = new Map<string, number>();
  const waiting: Place[] = [{ below: '', ancestors: [] }];
  for (let place = waiting.shift(); place; place = waiting.shift()) {
    const folder = join(root, place.below);
    // The root itself was asked for by name.
    if (place.below !== '' && options.isOutputFolder(folder)) continue;
    let entries: Dirent[];
    let identity: string;
    try {
      const { dev, ino } = await fs.stat(folder);
      identity = `${dev}:${ino}`;
      if (place.ancestors.includes(identity)) {
        yield { kind: 'warning', message: `${folder} is a symlink back to a folder above it; not walked.` };
        continue;
      }
      entries = await fs.readdir(folder, { withFileTypes: true });
    } catch (error) {
      yield { kind: 'failed', path: folder, error: failureOfSystemError(error, folder, 'read') };
      continue;
    }
    const names: string[] = [];
    const subfolders: Place[] = [];
    const ancestors = [...place.ancestors, identity];
    for (const entry of entries) {
      const { name } = entry;
      if (name.startsWith('.')) continue;
      const below = place.below === '' ? name : `${place.below}/${name}`;
      // Awaited only where the disk has to be asked: of 20,000 names none usually is.
      const kind = entry.isSymbolicLink() ? await kindOfTarget(join(folder, name)) : kindOf(entry);
      if (kind === 'folder') {
        if (options.recursive) subfolders.push({ below, ancestors });
      } else if (kind === 'file' && isImageName(name) && matches(below)) {
        names.push(name);
      } else if (kind === 'file' && isUnreadImageName(name) && matches(below)) {
        const extension = extname(name).toLowerCase();
        passedOver.set(extension, (passedOver.get(extension) ?? 0) + 1);
      }
    }
    if (names.length > 0) yield { kind: 'folder', folder: place.below, names: names.sort() };
    waiting.unshift(...subfolders.sort((a, b) => (a.below < b.below ? -1 : 1)));
  }
  if (passedOver.size > 0) yield { kind: 'warning', message: passedOverWarning(root, passedOver) };
}

function passedOverWarning(root: string, passedOver: ReadonlyMap<string, number>): string {
  const formats = [...passedOver]
    .sort()
    .map(([extension, times]) => `${times} × ${extension}`)
    .join(', ');
  return `Images in formats that cannot be read were passed over in ${root} (${formats}): convert them first.`;
}

/** Counts the images of a walk, for totals; what cannot be read counts as the one failed item it becomes. */
export async function countImages(root: string, options: WalkOptions, signal?: AbortSignal): Promise<number> {
  let count = 0;
  for await (const event of walkImages(root, options)) {
    if (signal?.aborted) break;
    if (event.kind === 'folder') count += event.names.length;
    if (event.kind === 'failed') count += 1;
  }
  return count;
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory'>): 'file' | 'folder' | 'other' {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** A symlink that leads nowhere counts as a file: its item fails and says so. */
async function kindOfTarget(link: string): Promise<'file' | 'folder' | 'other'> {
  try {
    return kindOf(await fs.stat(link));
  } catch {
    return 'file';
  }
}

function matcher(glob: string | undefined): (below: string) => boolean {
  if (glob === undefined) return () => true;
  return picomatch(glob, { nocase: true, basename: !glob.includes('/') });
}
