import { StringColumn } from './string-column.ts';

/** Paths and URLs, compactly: the part up to the last separator is stored once for all that share it. */
export class PathColumn {
  readonly #names = new StringColumn();
  readonly #folders: string[] = [];
  readonly #numberOfFolder = new Map<string, number>();
  #folderOf = new Uint32Array(1024);

  /** Any text may be stored: one that is no path has no folder. */
  add(path: string, isPath = true): number {
    // With the separator, so that the two parts only have to be concatenated, on every system and for URLs.
    const cut = !isPath ? 0 : Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    const number = this.#names.add(path.slice(cut));
    if (number === this.#folderOf.length) {
      const grown = new Uint32Array(number * 2);
      grown.set(this.#folderOf);
      this.#folderOf = grown;
    }
    this.#folderOf[number] = this.#numberOf(path.slice(0, cut));
    return number;
  }

  path(number: number): string {
    return `${this.folder(number)}${this.#names.at(number)}`;
  }

  /** All before the last part, with the separator. */
  folder(number: number): string {
    return this.#folders[this.#folderOf[number] ?? 0] ?? '';
  }

  /** The last part of a path, or all of it if that part is empty. */
  name(number: number): string {
    return this.#names.at(number) || this.path(number);
  }

  #numberOf(folder: string): number {
    let number = this.#numberOfFolder.get(folder);
    if (number === undefined) {
      number = this.#folders.push(folder) - 1;
      this.#numberOfFolder.set(folder, number);
    }
    return number;
  }
}
