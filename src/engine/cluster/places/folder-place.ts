import { type Dirent, existsSync, promises as fs } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolders } from '../../files/make-folders.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { systemItemError } from '../../files/system-error.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { Place } from './place.ts';
import { sha256OfFile } from './sha256-of-file.ts';

/** A folder that all machines see, such as a share. Needs no locks: a name is given to a whole file, or taken once. */
export class FolderPlace implements Place {
  readonly title: string;
  /** Names of our own parts begin with a dot; they are nobody's keys. */
  readonly #made = new Set<string>();

  constructor(folder: string) {
    this.title = resolve(folder);
  }

  /** Where a key is on this machine. */
  pathOf(key: string): string {
    if (key.split('/').includes('..')) throw new Error(`Expected a key below the place, got ${key}.`);
    return join(this.title, key);
  }

  async read(key: string): Promise<Buffer | undefined> {
    const path = this.pathOf(key);
    try {
      return await fs.readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw systemItemError(error, path, 'read');
    }
  }

  async write(key: string, content: Uint8Array | string): Promise<void> {
    writeWhole(this.#roomFor(key), bytesOf(content));
  }

  async create(key: string, content: Uint8Array | string): Promise<boolean> {
    const path = this.#roomFor(key);
    const part = PartFile.create(dirname(path));
    try {
      part.append(bytesOf(content));
      const isNew = part.placeAsNew(path);
      if (!isNew) part.discard();
      return isNew;
    } catch (error) {
      part.discard();
      throw error;
    }
  }

  async take(key: string, file: string): Promise<void> {
    const path = this.#roomFor(key);
    const part = PartFile.copyOf(file, dirname(path));
    try {
      part.replace(path);
    } catch (error) {
      part.discard();
      throw error;
    }
    await fs.rm(file);
  }

  async has(key: string): Promise<boolean> {
    return existsSync(this.pathOf(key));
  }

  async put(key: string, part: PartFile): Promise<void> {
    part.replace(this.#roomFor(key));
  }

  async putNew(key: string, part: PartFile): Promise<boolean> {
    return part.placeAsNew(this.#roomFor(key));
  }

  async sha256(key: string): Promise<string | undefined> {
    return (await this.has(key)) ? sha256OfFile(this.pathOf(key)) : undefined;
  }

  async *list(prefix: string): AsyncGenerator<string, void> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const key of this.#below(folder)) if (key.startsWith(prefix)) yield key;
  }

  async remove(key: string): Promise<void> {
    await fs.rm(this.pathOf(key), { force: true });
  }

  async close(): Promise<void> {
    this.#made.clear();
  }

  async *#below(folder: string): AsyncGenerator<string, void> {
    for (const entry of await entriesOf(this.pathOf(folder))) {
      if (entry.isDirectory()) yield* this.#below(`${folder}${entry.name}/`);
      else if (!isPart(entry.name)) yield `${folder}${entry.name}`;
    }
  }

  #roomFor(key: string): string {
    const path = this.pathOf(key);
    const folder = dirname(path);
    if (!this.#made.has(folder)) {
      makeFolders(folder);
      this.#made.add(folder);
    }
    return path;
  }
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

function isPart(name: string): boolean {
  return name.startsWith('.shoal-') && name.endsWith('.part');
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
