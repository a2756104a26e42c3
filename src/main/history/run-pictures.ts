import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runHead } from '../../engine/run/front-ends/index.ts';
import type { JournalId } from '../../shared/ipc/history.ts';
import type { ThumbId } from '../../shared/ipc/run.ts';
import { pictureOf, readPicture } from '../images/picture-file.ts';
import type { RunThumbs, ThumbRegistry } from '../images/thumb-registry.ts';
import { firstResults } from './hosts-of-run.ts';

/** So many pictures a card has. */
const mostPictures = 5;
/** So many results are looked through for them. */
const mostRead = 300;
/** Of so many pictures the page may hold ids at once; the oldest are forgotten. */
const mostHeld = 1_000;

/** The first pictures that former runs made, as far as they are still there. */
export class RunPictures {
  readonly #paths = new Map<number, string>();
  readonly #ids: RunThumbs;
  #next = 0;

  constructor(thumbs: ThumbRegistry) {
    this.#ids = thumbs.register(async (place) => {
      const path = this.#paths.get(place);
      return path === undefined ? undefined : readPicture(path);
    });
  }

  async of(id: JournalId): Promise<ThumbId[]> {
    const shown: ThumbId[] = [];
    for (const path of picturesIn(id)) {
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() !== true || found.size === 0) continue;
      shown.push(this.#hold(path));
      if (shown.length === mostPictures) break;
    }
    return shown;
  }

  #hold(path: string): ThumbId {
    const place = this.#next;
    this.#next += 1;
    this.#paths.set(place, path);
    for (const oldest of this.#paths.keys()) {
      if (this.#paths.size <= mostHeld) break;
      this.#paths.delete(oldest);
    }
    return this.#ids.idOf(place);
  }
}

function picturesIn(id: JournalId): string[] {
  const head = runHead(id);
  if (!head) return [];
  try {
    return [...firstResults(id, mostRead)].flatMap(({ status, output, thumbnail, bytesOut = 0 }) => {
      const made = {
        index: 0,
        input: '',
        state: status,
        bytesOut,
        ...(output !== undefined && { output }),
        ...(thumbnail?.output !== undefined && { thumbnail: thumbnail.output }),
      };
      const path = pictureOf(made);
      return path === undefined ? [] : [resolve(head.folder, path)];
    });
  } catch {
    // Pruned meanwhile, or not readable.
    return [];
  }
}
