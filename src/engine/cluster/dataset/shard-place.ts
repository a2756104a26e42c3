import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PartFile } from '../../files/parts/part-file.ts';
import { systemItemError } from '../../files/system-error.ts';
import type { Place } from '../places/place.ts';
import type { S3Place } from '../places/s3-place.ts';
import { sha256Of } from '../places/s3-upload.ts';

/** Where the files of shards go. */
export type ShardPlace = Pick<Place, 'title' | 'read' | 'remove' | 'close'> & {
  has(key: string): Promise<boolean>;
  /** Puts a file there that was written for it. */
  put(key: string, file: PartFile): Promise<void>;
};

/** A folder on this machine: what is written in it gets its final name there. */
export class ShardFolder implements ShardPlace {
  readonly title: string;

  constructor(folder: string) {
    this.title = folder;
  }

  async has(key: string): Promise<boolean> {
    return existsSync(join(this.title, key));
  }

  async read(key: string): Promise<Buffer | undefined> {
    const path = join(this.title, key);
    try {
      return readFileSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw systemItemError(error, path, 'read');
    }
  }

  async put(key: string, file: PartFile): Promise<void> {
    file.replace(join(this.title, key));
  }

  async remove(key: string): Promise<void> {
    rmSync(join(this.title, key), { force: true });
  }

  async close(): Promise<void> {
    // A folder needs no end.
  }
}

/** A part of an object storage. */
export class ShardStorage implements ShardPlace {
  readonly title: string;
  readonly #place: S3Place;

  constructor(place: S3Place) {
    this.title = place.title;
    this.#place = place;
  }

  async has(key: string): Promise<boolean> {
    return (await this.#place.look(key)) !== undefined;
  }

  read(key: string): Promise<Buffer | undefined> {
    return this.#place.read(key);
  }

  async put(key: string, file: PartFile): Promise<void> {
    file.close();
    await this.#place.copy(key, file.path, await sha256Of(file.path));
    file.discard();
  }

  remove(key: string): Promise<void> {
    return this.#place.remove(key);
  }

  close(): Promise<void> {
    return this.#place.close();
  }
}
