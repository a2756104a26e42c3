import { promises as fs } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isWithin } from '../../files/real-path.ts';
import { PathsLeftOut } from './paths-left-out.ts';

/** A folder that a walk has found. */
export interface Place {
  /** Its path as the walk reached it. */
  readonly folder: string;
  /** Its path below the root, '' for the root itself. */
  readonly below: string;
  /** Its path without symlinks. For a symlink: the path of the link itself, not yet followed. */
  readonly real: string;
  /** For a symlink: the identity of the folder that it leads to. */
  readonly target?: string | undefined;
}

/** A folder that is walked: its path without symlinks, and its identity. */
export interface Entered extends Pick<Place, 'folder' | 'below' | 'real'> {
  readonly identity: string;
}

/** A folder that is not walked, with the warning about that, if any. */
export interface LeftOut {
  readonly left: string | undefined;
}

/**
 * Lets a walk enter each folder once, however many paths lead there: otherwise a handful of folders with symlinks to
 * each other would be a walk of millions. If the walk will reach a folder without symlinks, a symlink to it is not
 * followed, so that a symlink beside it does not change where its results go.
 */
export class EachFolderOnce {
  readonly #isOutputFolder: (folder: string) => boolean;
  readonly #left: PathsLeftOut;
  /** The root's real path, once it is known. */
  #root = '';
  readonly #entered = new Set<string>();
  /** The folder being walked, and all folders above it. */
  readonly #above = new Set<string>();
  /** The real paths below which everything is walked: the root's, and those that symlinks led to. */
  readonly #tops = new Set<string>();
  /** Folders below the tops that symlinks lead to: the walk will reach them without symlinks. */
  readonly #expected = new Set<string>();

  constructor(root: string, isOutputFolder: (folder: string) => boolean) {
    this.#isOutputFolder = isOutputFolder;
    this.#left = new PathsLeftOut(root);
  }

  /** Enters a folder by a path without symlinks below one of the tops, or enters the root. */
  enter(place: Place, identity: string): Entered | LeftOut {
    if (this.#entered.has(identity)) return this.#leaveOut(place, identity);
    if (place.below === '') {
      this.#root = place.real;
      this.#tops.add(place.real);
    }
    return this.#entering(place, place.real, identity);
  }

  /** Enters a folder by a symlink. */
  async follow(link: Place, identity: string): Promise<Entered | LeftOut> {
    if (this.#entered.has(identity) || this.#expected.has(identity)) return this.#leaveOut(link, identity);
    const real = await realPathOf(link.folder);
    switch (this.#whose(real)) {
      case 'filled by outputs':
        return { left: undefined };
      case 'below a top':
        this.#expected.add(identity);
        return this.#leaveOut(link, identity);
      case 'a top':
        this.#tops.add(real);
        return this.#entering(link, real, identity);
    }
  }

  /** Call when the walk goes on below the folder. */
  descend({ identity }: Entered): void {
    this.#above.add(identity);
  }

  /** Call when everything below the folder has been walked. */
  ascend({ identity }: Entered): void {
    this.#above.delete(identity);
  }

  /** The final warning about the paths that were left out. */
  rest(): string | undefined {
    return this.#left.rest();
  }

  #entering({ folder, below }: Place, real: string, identity: string): Entered {
    this.#entered.add(identity);
    return { folder, below, real, identity };
  }

  #leaveOut({ folder }: Place, identity: string): LeftOut {
    return { left: this.#left.add(this.#above.has(identity) ? 'back' : 'again', folder) };
  }

  /** Whether the walk will reach a folder without symlinks, should start anew from it, or should leave it out. */
  #whose(real: string): 'below a top' | 'a top' | 'filled by outputs' {
    let hidden = false;
    for (let at = real; ; at = dirname(at)) {
      if (this.#tops.has(at)) return hidden ? 'a top' : 'below a top';
      // If the root is inside an output folder too, that folder holds more than outputs.
      if (isWithin(this.#root, at)) return 'a top';
      if (this.#isOutputFolder(at)) return 'filled by outputs';
      if (basename(at).startsWith('.')) hidden = true;
    }
  }
}

async function realPathOf(folder: string): Promise<string> {
  try {
    return await fs.realpath(folder);
  } catch {
    // Without its symlinks the path may be too long for the system, although it works with them.
    return folder;
  }
}
