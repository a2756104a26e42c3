import { z } from 'zod';
import { runIds } from '../../engine/run/front-ends/index.ts';
import type { JsonFile } from './json-file.ts';

export const hiddenRunsSchema = z.array(z.string());

/** The runs that a person has taken off the start screen. Their journals stay. */
export class HiddenRuns {
  readonly #file: JsonFile<string[]>;

  constructor(file: JsonFile<string[]>) {
    this.#file = file;
  }

  has(id: string): boolean {
    return this.#file.read().includes(id);
  }

  hide(id: string): void {
    // What has no journal any more would not be listed anyway.
    const kept = new Set(runIds());
    const hidden = this.#file.read().filter((each) => kept.has(each) && each !== id);
    this.#file.write([...hidden, id]);
  }
}
