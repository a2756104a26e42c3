import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { makeFolders } from '../../engine/files/make-folders.ts';
import { writeWhole } from '../../engine/files/write-whole.ts';

/**
 * A small file of settings. A file that does not parse counts as missing, because a broken file must not keep the app
 * from starting. Written to a temporary file and renamed, so that a crash leaves the old file.
 */
export class JsonFile<Value> {
  #value: Value | undefined;
  readonly #path: string;
  readonly #schema: z.ZodType<Value>;
  readonly #fallback: () => Value;

  constructor(path: string, schema: z.ZodType<Value>, fallback: () => Value) {
    this.#path = path;
    this.#schema = schema;
    this.#fallback = fallback;
  }

  read(): Value {
    this.#value ??= this.#load();
    return this.#value;
  }

  /** Synchronous, because it is small and the last write happens while the app quits. */
  write(value: Value): void {
    this.#value = value;
    makeFolders(resolve(dirname(this.#path)));
    writeWhole(this.#path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  }

  #load(): Value {
    try {
      const parsed = this.#schema.safeParse(JSON.parse(readFileSync(this.#path, 'utf8')));
      if (parsed.success) return parsed.data;
    } catch {
      // Absent or unreadable: the fallback is used.
    }
    return this.#fallback();
  }
}
