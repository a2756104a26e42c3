import { stat } from 'node:fs/promises';
import type { ThumbId } from '../../shared/ipc/run.ts';
import { readPicture, typeOf } from './picture-file.ts';
import type { RunThumbs, ThumbRegistry } from './thumb-registry.ts';

/** Larger files are not read for the page: they would fill its memory for one look. */
const mostBytes = 96 * 1024 * 1024;
/** Of how many items of a run pictures can be shown at once; earlier ones are registered again when they are asked for. */
const mostHeld = 200;

export type Shown = { readonly id: ThumbId } | { readonly why: 'format' | 'gone' | 'size' };

/**
 * The large pictures of one run. Only files that the page was shown the item of are registered, so that its ids open
 * nothing else.
 */
export class InspectedPictures {
  readonly #paths = new Map<number, string>();
  readonly #ids: RunThumbs;

  constructor(thumbs: ThumbRegistry) {
    this.#ids = thumbs.register(async (place) => {
      const path = this.#paths.get(place);
      return path === undefined ? undefined : readPicture(path, mostBytes);
    });
  }

  /** Registers a picture of an item, or tells why the page cannot show it. */
  async show(index: number, which: 'original' | 'result', path: string): Promise<Shown> {
    if (typeOf(path) === undefined) return { why: 'format' };
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) return { why: 'gone' };
    if (found.size > mostBytes) return { why: 'size' };
    const place = index * 2 + (which === 'original' ? 1 : 0);
    this.#paths.delete(place);
    this.#paths.set(place, path);
    for (const oldest of this.#paths.keys()) {
      if (this.#paths.size <= mostHeld) break;
      this.#paths.delete(oldest);
    }
    return { id: this.#ids.idOf(place) };
  }

  forget(): void {
    this.#ids.forget();
  }
}
