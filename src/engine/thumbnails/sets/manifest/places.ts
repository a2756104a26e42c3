import { basename, dirname, relative, sep } from 'node:path';
import { encodedName, relativeAddress } from '../gallery/relative-address.ts';

/** Where a file is, seen from a folder. */
export interface FilePlace {
  /** The path, with `/`. */
  readonly path: string;
  /** The same as an address, for a page in that folder. */
  readonly address: string;
}

/** The folders of a few sizes' thumbnails and of their originals are remembered: files come folder by folder. */
const mostRemembered = 64;

/** Tells where files are, seen from a folder. Most of the work is the same for all files of a folder. */
export class Places {
  readonly #folder: string;
  readonly #known = new Map<string, FilePlace>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  of(file: string): FilePlace {
    const { path, address } = this.#ofFolder(dirname(file));
    const name = basename(file);
    return { path: path + name, address: address + encodedName(name) };
  }

  /** With a slash at the end, unless it is the folder itself. */
  #ofFolder(folder: string): FilePlace {
    const known = this.#known.get(folder);
    if (known) return known;
    const path = relative(this.#folder, folder).split(sep).join('/');
    const place =
      path === ''
        ? { path, address: '' }
        : { path: `${path}/`, address: `${relativeAddress(this.#folder, folder)}/` };
    if (this.#known.size >= mostRemembered) this.#known.clear();
    this.#known.set(folder, place);
    return place;
  }
}
