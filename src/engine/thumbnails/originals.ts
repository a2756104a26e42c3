import { dirname, join } from 'node:path';
import { identityAt, identityOf, statAt } from '../files/file-identity.ts';
import { isWithin, realPath } from '../files/real-path.ts';
import type { Root } from './thumbnail-roots.ts';
import { type ImagesOfFolder, type WalkOptions, walkImages } from './walk/image-folder.ts';

interface Found extends ImagesOfFolder {
  /** The folder, as the walk came there. */
  readonly path: string;
}

/** Files looked at in a row before the event loop is given a turn. */
const chunkSize = 256;

/**
 * What this run's originals are, whatever path leads to them: asked only where something is in an output's place of which
 * it is not known that Shoal made it, and then found out by a walk of its own, as most images are yet to be come upon.
 */
export class Originals {
  readonly #roots: readonly Root[];
  readonly #walkOptions: () => WalkOptions;
  #known: Promise<{ readonly folders: Set<string>; readonly files: Set<string> }> | undefined;
  #hardLinked: Promise<Set<string>> | undefined;

  constructor(roots: readonly Root[], walkOptions: () => WalkOptions) {
    this.#roots = roots;
    this.#walkOptions = walkOptions;
  }

  /**
   * Those of the folders, real paths, that the walk comes to and takes images from, or from below them. One that a folder
   * given is inside of is not come to.
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
    if (files.has(identity)) return true;
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

  /** Where a file has several names, any of them may be an original's. */
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

  /** An image that is left out by its name only is no less an original. */
  async *#walk(root: string): AsyncGenerator<Found, void> {
    for await (const event of walkImages(root, { ...this.#walkOptions(), match: undefined })) {
      if (event.kind === 'folder') yield { ...event, path: join(root, event.folder) };
    }
  }
}
