import { dirname, join } from 'node:path';
import { identityAt, identityOf, statAt } from '../files/file-identity.ts';
import { isWithin, realPath } from '../files/real-path.ts';
import type { Root } from './roots/thumbnail-roots.ts';
import { type ImagesOfFolder, type WalkOptions, walkImages } from './walk/image-folder.ts';

interface Found extends ImagesOfFolder {
  /** The folder's path as the walk reached it. */
  readonly path: string;
}

/** How many files are checked in a row before other events are handled. */
const chunkSize = 256;

/**
 * Knows which files are this run's originals, whatever path leads to them. It is asked only if an output's place is
 * taken by a file that Shoal is not known to have made. It then makes a walk of its own, because the run has not
 * reached most images yet.
 */
export class Originals {
  readonly #roots: readonly Root[];
  readonly #walkOptions: () => WalkOptions;
  readonly #isListed: (identity: string) => boolean;
  #known: Promise<{ readonly folders: Set<string>; readonly files: Set<string> }> | undefined;
  #hardLinked: Promise<Set<string>> | undefined;

  /** @param isListed knows the files of a list. */
  constructor(
    roots: readonly Root[],
    walkOptions: () => WalkOptions,
    isListed: (identity: string) => boolean = () => false,
  ) {
    this.#roots = roots;
    this.#walkOptions = walkOptions;
    this.#isListed = isListed;
  }

  /**
   * Of these folders (real paths), those that the walk enters, if images are taken from them or from below them. A
   * folder that contains a given folder is not entered.
   */
  async among(folders: Iterable<string>): Promise<ReadonlySet<string>> {
    const open = new Set(folders);
    const found = new Set<string>();
    for (const root of this.#roots) {
      if (open.size === 0) break;
      if (root.kind !== 'folder') continue;
      const top = realPath(root.path);
      for await (const { real } of this.#walk(root.path)) {
        for (let at = real; dirname(at) !== at && !isWithin(top, at); at = dirname(at)) {
          if (open.delete(at)) found.add(at);
        }
        if (open.size === 0) break;
      }
    }
    return found;
  }

  /** Whether the file, or what the symlink leads to, is one of the originals. */
  async has(path: string): Promise<boolean> {
    const stat = statAt(path);
    if (!stat?.isFile()) return false;
    const identity = identityOf(stat, path);
    this.#known ??= this.#learn();
    const { folders, files } = await this.#known;
    if (files.has(identity) || this.#isListed(identity)) return true;
    const folder = identityAt(dirname(realPath(path)));
    if (folder !== undefined && folders.has(folder)) return true;
    if (stat.nlink === 1n) return false;
    this.#hardLinked ??= this.#learnHardLinks();
    return (await this.#hardLinked).has(identity);
  }

  async #learn() {
    const folders = new Set<string>();
    const files = new Set<string>();
    for (const root of this.#roots) {
      const identity = root.kind === 'file' && identityAt(root.path);
      if (identity) files.add(identity);
    }
    for await (const { identity, path, links } of this.#walkAll()) {
      folders.add(identity);
      for (const name of links) {
        const target = identityAt(join(path, name));
        if (target !== undefined) files.add(target);
      }
    }
    return { folders, files };
  }

  /** Needed if a file has several names, because any of them may be an original's. */
  async #learnHardLinks(): Promise<Set<string>> {
    const identities = new Set<string>();
    let looked = 0;
    for await (const { path, names } of this.#walkAll()) {
      for (const name of names) {
        const file = join(path, name);
        const stat = statAt(file);
        if (stat && stat.nlink > 1n) identities.add(identityOf(stat, file));
        looked += 1;
        if (looked % chunkSize === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return identities;
  }

  async *#walkAll(): AsyncGenerator<Found, void> {
    for (const root of this.#roots) if (root.kind === 'folder') yield* this.#walk(root.path);
  }

  /** Walks without `match` and `exclude`: an image that is left out by its name is an original, too. */
  async *#walk(root: string): AsyncGenerator<Found, void> {
    for await (const event of walkImages(root, { ...this.#walkOptions(), match: undefined, exclude: [] })) {
      if (event.kind === 'folder') yield { ...event, path: join(root, event.folder) };
    }
  }
}
