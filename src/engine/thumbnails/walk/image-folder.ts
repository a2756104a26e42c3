import { join } from 'node:path';
import type { Failure } from '../../../shared/failure.ts';
import { realPath } from '../../files/real-path.ts';
import { statOf } from '../../files/stat-of.ts';
import { failureOfSystemError, isSystemError, notUtf8 } from '../../files/system-error.ts';
import { EachFolderOnce, type Place } from './each-folder-once.ts';
import { type FolderEntries, FolderReader, type ReaderOptions } from './folder-reader.ts';
import { Levels } from './levels.ts';
import { ReadAhead } from './read-ahead.ts';
import { WhatIsLeftOut } from './what-is-left-out.ts';

export interface WalkOptions extends ReaderOptions {
  /**
   * Tells which folders are output folders: they are not walked. Called with absolute paths, both as the walk reached
   * them and without symlinks.
   */
  readonly isOutputFolder: (folder: string) => boolean;
  /**
   * Files that were made of many thumbnails together, by their paths without symlinks, and their sizes: they are no
   * originals.
   */
  readonly setFiles?: ReadonlyMap<string, number> | undefined;
  /** Whether images are taken from this folder itself; its folders are walked anyway. Default: from each. */
  readonly takesFrom?: ((below: string) => boolean) | undefined;
  /** Called with each image that is passed over because nobody here reads it. */
  readonly onUnread?: ((path: string, what: string) => void) | undefined;
  /** Aborting ends the walk before the next folder. */
  readonly signal?: AbortSignal | undefined;
}

/** What a walk finds, folder by folder. */
export type WalkEvent =
  | ImagesOfFolder
  | { readonly kind: 'failed'; readonly path: string; readonly error: Failure }
  | { readonly kind: 'warning'; readonly message: string };

export interface ImagesOfFolder extends Pick<FolderEntries, 'names' | 'contents' | 'links'> {
  readonly kind: 'folder';
  /** The path below the root, with `/` as separator; '' for the root itself. */
  readonly folder: string;
  /** The path without symlinks. */
  readonly real: string;
  readonly identity: string;
}

/**
 * Walks a folder for images: names in code-unit order, hidden files and folders left out, symlinks followed, each
 * folder once. Yields a folder's images before reading the next folder, so that work starts before the walk ends.
 */
export async function* walkImages(root: string, options: WalkOptions): AsyncGenerator<WalkEvent, void> {
  const { isOutputFolder, signal, takesFrom = () => true } = options;
  const once = new EachFolderOnce(root, isOutputFolder);
  const reader = new FolderReader(options);
  const ahead = new ReadAhead(reader);
  const levels = new Levels(isOutputFolder, once, ahead);
  const leftOut = new WhatIsLeftOut(root);
  let place: Place | undefined = { folder: root, below: '', real: realPath(root) };
  for (; place && !signal?.aborted; place = levels.next()) {
    const { folder, below, target } = place;
    try {
      const looked = target === undefined ? await ahead.take(place) : undefined;
      const entered = looked ? once.enter(place, looked.identity) : await once.follow(place, target ?? '');
      if ('left' in entered) {
        if (entered.left !== undefined) yield { kind: 'warning', message: entered.left };
        continue;
      }
      const entries = looked?.entries ?? (await reader.read(folder, below));
      levels.push(entered, entries);
      if (!takesFrom(below)) continue;
      leftOut.add(entries.leftOut);
      for (const { why, what, name } of entries.leftOut) {
        if (why === 'unread' || why === 'video') options.onUnread?.(join(folder, name), what);
      }
      for (const name of entries.unreachable) yield unreachable(join(folder, name));
      const { contents, links } = entries;
      const { real, identity } = entered;
      const names = withoutSetFiles(entries.names, real, options.setFiles);
      if (names.length > 0) yield { kind: 'folder', folder: below, names, contents, links, real, identity };
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (!takesFrom(below)) continue;
      yield { kind: 'failed', path: folder, error: failureOfSystemError(error, folder, 'read') };
    }
  }
  if (signal?.aborted) return;
  for (const message of [once.rest(), ...leftOut.told()]) {
    if (message !== undefined) yield { kind: 'warning', message };
  }
}

/**
 * Counts the images of a walk, for totals. A folder that cannot be read counts as the one failed item that it becomes.
 */
export async function countImages(root: string, options: WalkOptions): Promise<number> {
  let count = 0;
  for await (const event of walkImages(root, options)) {
    if (event.kind === 'folder') count += event.names.length;
    if (event.kind === 'failed') count += 1;
  }
  return count;
}

function withoutSetFiles(
  names: readonly string[],
  folder: string,
  setFiles: WalkOptions['setFiles'],
): readonly string[] {
  if (!setFiles || setFiles.size === 0) return names;
  return names.filter((name) => {
    const bytes = setFiles.get(join(folder, name));
    return bytes === undefined || statOf(join(folder, name))?.size !== bytes;
  });
}

/** @param path of what has a name that is not UTF-8. */
function unreachable(path: string): WalkEvent {
  return { kind: 'failed', path, error: notUtf8(path) };
}
