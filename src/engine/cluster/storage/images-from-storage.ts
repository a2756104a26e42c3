import { mkdirSync, rmSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { formatOfExtension } from '../../../shared/image-formats.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { nameMatcher } from '../../names/name-matcher.ts';
import type { RunContext } from '../../run/run-options.ts';
import { Tally } from '../../run/tally.ts';
import { type S3Object, S3Place } from '../places/s3-place.ts';

/** How much is on this machine at a time. */
const mostObjects = 256;
const mostBytes = 256 * 1024 * 1024;
/** How many objects are fetched at once. */
const atOnce = 16;

/**
 * Makes thumbnails of the images below a prefix of an object storage: some are fetched, done and removed, then the next.
 * @throws UsageError if the storage cannot be used, or no output folder is named.
 */
export async function imagesFromStorage(
  request: ThumbnailRequest,
  options: RunContext,
  folder: string,
  run: (request: ThumbnailRequest, options: RunContext) => Promise<Summary>,
): Promise<Summary> {
  const [url = '', ...others] = request.paths;
  if (others.length > 0)
    throw new UsageError('Expected one place in an object storage, and nothing beside it.');
  if (request.outputFolder === undefined) {
    throw new UsageError('Expected an output folder: an object storage has none beside its images.', {
      setting: 'outputFolder',
    });
  }
  const place = await S3Place.open(url);
  const root = join(folder, 'images');
  const images = new ImagesOfStorage(request, options, place, root);
  let summary: Summary | undefined;
  try {
    for await (const chunk of images.chunks()) {
      await images.fetch(chunk);
      const local = { ...request, paths: [root], recursive: true, match: undefined, exclude: [] };
      if (!options.signal?.aborted && chunk.length > 0) summary = await run(local, images.options());
      images.leave();
    }
    return { ...summary, ...images.summary() };
  } finally {
    await place.close();
  }
}

/** Between the objects and a run that sees copies of them. */
class ImagesOfStorage {
  readonly #request: ThumbnailRequest;
  readonly #options: RunContext;
  readonly #place: S3Place;
  readonly #root: string;
  readonly #tally = new Tally();
  #listed = 0;
  /** The number of items that have ended in earlier runs. */
  #before = 0;
  #ended = 0;

  constructor(request: ThumbnailRequest, options: RunContext, place: S3Place, root: string) {
    this.#request = request;
    this.#options = options;
    this.#place = place;
    this.#root = root;
  }

  async *chunks(): AsyncGenerator<readonly S3Object[], void> {
    let chunk: S3Object[] = [];
    let bytes = 0;
    const isWanted = this.#selection();
    for await (const object of this.#place.objects('')) {
      if (this.#options.signal?.aborted) return;
      if (!isWanted(object.key)) continue;
      this.#listed += 1;
      this.#options.onTotal?.(this.#listed, false);
      chunk.push(object);
      bytes += object.bytes;
      if (chunk.length < mostObjects && bytes < mostBytes) continue;
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    this.#options.onTotal?.(this.#listed, true);
    if (chunk.length > 0) yield chunk;
  }

  /** What cannot be fetched is a failed item. */
  async fetch(chunk: readonly S3Object[]): Promise<void> {
    const left = [...chunk];
    const fetchAll = async (): Promise<void> => {
      for (let next = left.shift(); next && !this.#options.signal?.aborted; next = left.shift()) {
        const file = join(this.#root, ...next.key.split('/'));
        mkdirSync(dirname(file), { recursive: true });
        try {
          await this.#place.fetch(next.key, file);
        } catch (error) {
          rmSync(file, { force: true });
          const message = error instanceof Error ? error.message : String(error);
          const item = { index: this.#before, input: this.#place.urlOf(next.key), ms: 0 };
          this.#before += 1;
          this.#tell({ ...item, status: 'failed', error: { code: 'STORAGE_FAILED', message } });
        }
      }
    };
    mkdirSync(this.#root, { recursive: true });
    await Promise.all(Array.from({ length: atOnce }, fetchAll));
  }

  /** The options of a run on the copies, told by the objects' addresses. */
  options(): RunContext {
    const { onTotal: _onTotal, shard: _shard, onStart, onPlace, onWarning, only, ...others } = this.#options;
    const named = <Item extends { readonly index: number; readonly input: string }>(item: Item): Item => ({
      ...item,
      index: this.#before + item.index,
      input: this.#urlOf(item.input),
    });
    return {
      ...others,
      onResult: (result) => {
        this.#ended += 1;
        const { error } = result;
        this.#tell({
          ...named(result),
          ...(error && { error: { ...error, message: this.#told(error.message) } }),
        });
      },
      ...(onStart && { onStart: (item) => onStart(named(item)) }),
      ...(onPlace && { onPlace: (at, item) => onPlace(at, item && named(item)) }),
      ...(onWarning && { onWarning: (warning) => onWarning(this.#told(warning)) }),
      ...(only && { only: { size: only.size, has: (input) => only.has(this.#urlOf(input)) } }),
    };
  }

  /** Removes the copies. */
  leave(): void {
    rmSync(this.#root, { recursive: true, force: true });
    this.#before += this.#ended;
    this.#ended = 0;
  }

  summary(): Summary {
    return this.#tally.summary();
  }

  #tell(result: ItemResult): void {
    this.#tally.add(result);
    this.#options.onResult?.(result);
  }

  #urlOf(input: string): string {
    return this.#place.urlOf(
      input
        .slice(this.#root.length + 1)
        .split(sep)
        .join('/'),
    );
  }

  /** A text with the storage's address in the place of the folder. */
  #told(text: string): string {
    return text.replaceAll(this.#root + sep, this.#place.urlOf(''));
  }

  /** Which keys are fetched: those of images that are read, as a walk of a folder takes them. */
  #selection(): (key: string) => boolean {
    const { match, exclude, recursive } = this.#request;
    const matches = match === undefined ? () => true : nameMatcher(match);
    const excluded = exclude.map(nameMatcher);
    const { only, shard } = this.#options;
    const isOfShard = (key: string) => shard?.includes(this.#place.urlOf(dirname(key))) ?? true;
    return (key) => {
      const parts = key.split('/');
      // A key may be anything: only those are taken that are paths below the folder.
      if (
        parts.some(
          (part) =>
            part === '' || part === '.' || part === '..' || part.includes('\0') || part.includes('\\'),
        )
      )
        return false;
      if (!recursive && parts.length > 1) return false;
      const isLeftOut = parts.some((_, index) =>
        excluded.some((each) => each(parts.slice(0, index + 1).join('/'))),
      );
      const format = formatOfExtension(extname(key).slice(1).toLowerCase());
      return (
        format?.kept !== undefined &&
        isOfShard(key) &&
        matches(key) &&
        !isLeftOut &&
        (only?.has(this.#place.urlOf(key)) ?? true)
      );
    };
  }
}
