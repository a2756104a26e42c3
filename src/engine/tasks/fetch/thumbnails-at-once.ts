import { basename } from 'node:path';
import { failureOf } from '../../../shared/failure.ts';
import { belongsTo } from '../../plan/file-name.ts';
import { writtenFormat } from '../../plan/output-name.ts';
import { outputsOfFetched } from '../../plan/plan-thumbnails.ts';
import type { Outcome } from '../protocol.ts';
import { openImage } from '../thumbnail/image-file.ts';
import { renderBytesInKernel, renderInKernel } from '../thumbnail/render.ts';
import { type MadeThumbnail, type Outputs, writeAll } from '../thumbnail/thumbnail.ts';
import { madeOf } from '../thumbnail/thumbnail-of-bytes.ts';
import type { Attempt, FetchSettings, Gathered, Saved } from './protocol.ts';

/** A thumbnail of a JPEG file up to this size takes the kernel no longer than the thread's sockets may wait, in bytes. */
const atOnceUpTo = 256 * 1024;

/**
 * Thumbnails made by the thread that fetched the image, where the kernel makes them: of a small photograph that takes
 * less time than handing it to another thread. Everything else is left to the threads that only make thumbnails.
 */
export class ThumbnailsAtOnce {
  readonly #settings: NonNullable<FetchSettings['thumbnails']>;

  constructor(settings: NonNullable<FetchSettings['thumbnails']>) {
    this.#settings = settings;
  }

  /** @param planned the name that main has given to nothing else. @returns the attempt, with its thumbnail if it has one now. */
  with(attempt: Attempt, { url, name: planned }: { readonly url: string; readonly name: string }): Attempt {
    if (attempt.kind === 'saved') return { ...attempt, ...this.#ofFile(attempt) };
    // Of a name that only the answer told main has to find out whether it is another file's.
    if (attempt.kind === 'gathered' && belongsTo(planned, attempt.name)) return this.#ofBody(attempt, url);
    return attempt;
  }

  #ofFile({ output, bytes }: Saved): Pick<Saved, 'thumbnail'> {
    const to = this.#outputsOf(basename(output), bytes);
    if (!to) return {};
    const thumbnail = outcomeOf(() =>
      openImage(output, true, ({ inKernel, size, stamp }) => {
        const rendering = inKernel && renderInKernel(inKernel, output, this.#settings.recipe, 'jpeg');
        return rendering && { bytesIn: size, inputStamp: stamp, ...writeAll(rendering, to) };
      }),
    );
    return thumbnail ? { thumbnail } : {};
  }

  #ofBody(gathered: Gathered, url: string): Gathered {
    const { body, ...rest } = gathered;
    const to = this.#outputsOf(gathered.name, gathered.bytes);
    if (!to || !body) return gathered;
    const thumbnail = outcomeOf(() => {
      const rendering = renderBytesInKernel(body, url, this.#settings.recipe, 'jpeg');
      return rendering && madeOf(body.length, rendering, to);
    });
    return thumbnail ? { ...rest, thumbnail } : gathered;
  }

  /** `undefined`: not for the kernel, or not at once. */
  #outputsOf(name: string, bytes: number): Outputs | undefined {
    const { recipe, folder, durable } = this.#settings;
    if (bytes > atOnceUpTo || recipe.previews || writtenFormat(name, recipe.format) !== 'jpeg')
      return undefined;
    return { paths: outputsOfFetched(name, recipe, folder), durable };
  }
}

/** Takes no time of its own: the attempt's includes it. */
function outcomeOf(make: () => MadeThumbnail | undefined): Outcome<MadeThumbnail> | undefined {
  try {
    const value = make();
    return value && { status: 'done', value, ms: 0 };
  } catch (error) {
    return { status: 'failed', error: failureOf(error, 'CORRUPT_IMAGE'), ms: 0 };
  }
}
