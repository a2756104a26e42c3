import { sep } from 'node:path';
import type { EachFolderOnce, Entered, Place } from './each-folder-once.ts';
import { type FolderEntries, pathBelow } from './folder-reader.ts';
import { mostAhead, type ReadAhead } from './read-ahead.ts';

/** A folder whose subfolders are being walked, in order. */
interface Level extends Entered, Pick<FolderEntries, 'subfolders' | 'targets'> {
  /** The next subfolders, which are being read ahead. */
  readonly upcoming: Place[];
  /** How many of the subfolders have been in `upcoming`, or were left out. */
  taken: number;
}

/** The folder being walked and those above it. Of all other folders, only the fact that they were walked is kept. */
export class Levels {
  readonly #isOutputFolder: (folder: string) => boolean;
  readonly #once: EachFolderOnce;
  readonly #ahead: ReadAhead;
  readonly #levels: Level[] = [];

  constructor(isOutputFolder: (folder: string) => boolean, once: EachFolderOnce, ahead: ReadAhead) {
    this.#isOutputFolder = isOutputFolder;
    this.#once = once;
    this.#ahead = ahead;
  }

  push(entered: Entered, { subfolders, targets }: FolderEntries): void {
    this.#levels.push({ ...entered, subfolders, targets, upcoming: [], taken: 0 });
    this.#once.descend(entered);
  }

  /** The next folder in order. Folders that were walked completely are dropped. */
  next(): Place | undefined {
    for (let level = this.#levels.at(-1); level; level = this.#levels.at(-1)) {
      this.#readAhead(level);
      const place = level.upcoming.shift();
      if (place) return place;
      this.#levels.pop();
      this.#once.ascend(level);
    }
    return undefined;
  }

  #readAhead(level: Level): void {
    while (level.upcoming.length < mostAhead && level.taken < level.subfolders.length) {
      const place = placeIn(level, level.subfolders[level.taken] as string);
      level.taken += 1;
      if (this.#isFilled(place)) continue;
      // The target of a symlink is read only once it is certain that no other path leads there.
      if (place.target === undefined) this.#ahead.start(place);
      level.upcoming.push(place);
    }
  }

  #isFilled({ folder, real }: Place): boolean {
    return this.#isOutputFolder(folder) || (real !== folder && this.#isOutputFolder(real));
  }
}

function placeIn({ folder, below, real, targets }: Level, name: string): Place {
  const path = inside(folder, name);
  return {
    folder: path,
    below: pathBelow(below, name),
    real: real === folder ? path : inside(real, name),
    target: targets.get(name),
  };
}

/** Like `join` for a normalised path, without checking the whole path for each name. */
function inside(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}
