import { promises as fs } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isWithin } from '../../files/real-path.ts';
import { PathsLeftOut } from './paths-left-out.ts';

/** A folder that a walk has come upon. */
export interface Place {
  /** Its path as the walk got there. */
  readonly folder: string;
  /** Its path below the root, '' for the root itself. */
  readonly below: string;
  /** Its path without symlinks. Of a symlink: not yet followed. */
  readonly real: string;
  /** Of a symlink: the identity of the folder it leads to. */
  readonly target?: string | undefined;
}

/** A folder that is walked: its path without symlinks, and what tells it from all others. */
export interface Entered extends Pick<Place, 'folder' | 'below' | 'real'> {
  readonly identity: string;
}

/** A folder that is not walked, and what a person is told of that, if anything. */
export interface LeftOut {
  readonly left: string | undefined;
}

/**
 * Lets a walk into each folder once, however many paths lead there: a handful of folders whose symlinks lead to one
 * another is else a walk of millions. A folder that the walk comes to without symlinks is left for that, so that a
 * symlink beside it changes nothing of where its results go.
 */
export class EachFolderOnce {
  readonly #isOutputFolder: (folder: string) => boolean;
  readonly #left: PathsLeftOut;
  /** The root's real path, once it is known. */
  #root = '';
  readonly #entered = new Set<string>();
  /** The folder that is being walked, and all above it. */
  readonly #above = new Set<string>();
  /** The real paths below which all is walked: the root's, and those that symlinks led to. */
  readonly #tops = new Set<string>();
  /** Folders below those, where symlinks have led to them. */
  readonly #expected = new Set<string>();

  constructor(root: string, isOutputFolder: (folder: string) => boolean) {
    this.#isOutputFolder = isOutputFolder;
    this.#left = new PathsLeftOut(root);
  }

  /** Into a folder by a path without symlinks below one of the tops, or into the root. */
  enter(place: Place, identity: string): Entered | LeftOut {
    if (this.#entered.has(identity)) return this.#leaveOut(place, identity);
    if (place.below === '') {
      this.#root = place.real;
      this.#tops.add(place.real);
    }
    return this.#entering(place, place.real, identity);
  }

  /** Into a folder by a symlink. */
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

  /** What is walked from here on is below the folder. */
  descend({ identity }: Entered): void {
    this.#above.add(identity);
  }

  /** All below it has been walked. */
  ascend({ identity }: Entered): void {
    this.#above.delete(identity);
  }

  /** What is told in the end of the paths left out. */
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

  /** Whether the walk comes to a folder without symlinks, or is to begin anew from it, or not to take it at all. */
  #whose(real: string): 'below a top' | 'a top' | 'filled by outputs' {
    let hidden = false;
    for (let at = real; ; at = dirname(at)) {
      if (this.#tops.has(at)) return hidden ? 'a top' : 'below a top';
      // An output folder that the root is in as well holds more than outputs.
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
    // A path may be too long without its symlinks, and lead there with them.
    return folder;
  }
}
