import { sep } from 'node:path';
import type { EachFolderOnce, Entered, Place } from './each-folder-once.ts';
import { type FolderEntries, pathBelow } from './folder-reader.ts';
import { mostAhead, type ReadAhead } from './read-ahead.ts';

/** A folder whose subfolders are being walked, in order. */
interface Level extends Entered, Pick<FolderEntries, 'subfolders' | 'targets'> {
  /** Those that come next, being read ahead. */
  readonly upcoming: Place[];
  /** How many of the subfolders have been upcoming, or left out. */
  taken: number;
}

/** The folder that is being walked and those above it; of all others no more is kept than that they have been walked. */
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

  /** The next folder in order. Those walked to their end are forgotten. */
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
      // Where a symlink leads is looked into once it is known that no other path does.
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

/** As `join` makes it of a path that is in order, without going over all of it for each name. */
function inside(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}
