import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { MadeThumbnail } from '../../../shared/result.ts';
import { belongsTo, distinctName } from '../../names/file-name.ts';
import { writtenFormats } from '../../names/output-name.ts';
import { outputsOfFetched } from '../../names/plan-thumbnails.ts';
import type { Outcome } from '../../pool/threads/protocol.ts';
import { failureOfImage } from '../../thumbnails/task/failure-of-image.ts';
import { renderJpegBytes, renderJpegFile } from '../../thumbnails/task/held-jpeg.ts';
import { openImage } from '../../thumbnails/task/image/image-file.ts';
import { watch } from '../../thumbnails/task/image/watch.ts';
import { isPlain } from '../../thumbnails/task/metadata/beside.ts';
import { isPlainJpeg } from '../../thumbnails/task/pixels/drawn-fit.ts';
import { madeOf, type Outputs } from '../../thumbnails/task/thumbnail.ts';
import { versionOf } from '../../thumbnails/task/thumbnail-of-bytes.ts';
import type {
  Attempt,
  FetchPayload,
  Gathered,
  Saved,
  ThumbnailMaker,
  ThumbnailsAtOnceSettings,
} from '../protocol/protocol.ts';

/** The largest JPEG file, in bytes, that the kernel handles before the thread's sockets have waited too long. */
const maxBytesAtOnce = 256 * 1024;

/**
 * Makes thumbnails in the thread that fetched the image, if the kernel can make them: for a small photograph this takes
 * less time than handing it to another thread. All others are left to the threads that only make thumbnails.
 */
export class ThumbnailsAtOnce implements ThumbnailMaker {
  readonly #settings: ThumbnailsAtOnceSettings;

  constructor(settings: ThumbnailsAtOnceSettings) {
    this.#settings = settings;
  }

  /** @param planned the name reserved by main. @returns the attempt, with its thumbnail if it was made at once. */
  with(attempt: Attempt, item: Pick<FetchPayload, 'url' | 'name' | 'mayReplace'>): Attempt {
    if (attempt.kind === 'saved') return { ...attempt, ...this.#ofFile(attempt) };
    // If the name comes only from the answer, main has to check whether it is another file's.
    if (attempt.kind === 'gathered' && belongsTo(item.name, attempt.name)) return this.#ofBody(attempt, item);
    return attempt;
  }

  #ofFile({ output, bytes }: Saved): Pick<Saved, 'thumbnail'> {
    const to = this.#outputsOf(basename(output), bytes);
    if (!to) return {};
    const thumbnail = outcomeOf(output, () =>
      openImage(output, (file) => {
        const rendering = renderJpegFile(file, output, this.#settings.recipe);
        return rendering && madeOf(file, rendering, to);
      }),
    );
    return thumbnail ? { thumbnail } : {};
  }

  #ofBody(gathered: Gathered, { url, mayReplace }: Pick<FetchPayload, 'url' | 'mayReplace'>): Gathered {
    const { body, name, bytes, ...rest } = gathered;
    const there = this.#outputsOf(name, bytes);
    if (!there || !body) return gathered;
    const to = mayReplace ? there : besideOthers(there, this.#outputsOf(distinctName(name, url), bytes));
    const thumbnail = outcomeOf(url, () => {
      const rendering = renderJpegBytes(body, url, this.#settings.recipe);
      return rendering && madeOf(versionOf(body.length), rendering, to);
    });
    return thumbnail ? { ...rest, name, bytes, thumbnail } : gathered;
  }

  /** `undefined` if the image is not for the kernel, or not to be made at once. */
  #outputsOf(name: string, bytes: number): Outputs | undefined {
    const { recipe, folder, durable } = this.#settings;
    if (bytes > maxBytesAtOnce || recipe.previews || !isPlain(recipe)) return undefined;
    const [format, ...further] = writtenFormats(name, recipe);
    if (recipe.maxOutputBytes !== undefined || recipe.onlyIfSmaller) return undefined;
    if (!isPlainJpeg(recipe) || format !== 'jpeg' || further.length > 0) return undefined;
    return { paths: outputsOfFetched(name, recipe, folder), durable };
  }
}

/** Marks existing files in these places as unknown: a file with other bytes is not replaced. */
function besideOthers(to: Outputs, otherwise: Outputs | undefined): Outputs {
  const foreign = to.paths.filter((path) => existsSync(path));
  return foreign.length === 0 ? to : { ...to, foreign, otherwise: otherwise?.paths };
}

/** Its time is 0, because the attempt's includes it. If the machine lacked memory, other threads try again. */
function outcomeOf(
  subject: string,
  make: () => MadeThumbnail | undefined,
): Outcome<MadeThumbnail> | undefined {
  watch.start();
  try {
    const value = make();
    return value && { status: 'done', value, ms: 0 };
  } catch (error) {
    const failure = failureOfImage(error, subject).toFailure();
    if (failure.code === 'TOO_MANY_OPEN_FILES' || failure.code === 'OUT_OF_MEMORY') return undefined;
    return { status: 'failed', error: failure, ms: 0 };
  }
}
