import { closeSync, openSync, rmSync, truncateSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { type Failure, ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { makeFolders } from '../../files/make-folders.ts';
import type { RunContext } from '../../run/run-options.ts';
import { Tally } from '../../run/tally.ts';
import { type S3Object, S3Place } from '../places/s3-place.ts';
import { foldersOfStorage, type StoredFolder } from './folders-of-storage.ts';
import { LedgerOfCopies } from './ledger-of-copies.ts';

/** How many objects are fetched at once. */
const atOnce = 32;

/**
 * Makes thumbnails of the images below a prefix of an object storage: a run for each folder, on empty files with the
 * names of the images. An image is fetched when its turn has come, and gone when its thumbnail is made.
 * @param url where the images are.
 * @throws UsageError if the storage cannot be used.
 */
export async function imagesFromStorage(
  url: string,
  request: ThumbnailRequest,
  options: RunContext,
  folder: string,
  run: (request: ThumbnailRequest, options: RunContext) => Promise<Summary>,
): Promise<Summary> {
  const place = await S3Place.open(url);
  const root = join(folder, 'images');
  const images = new ImagesOfStorage(options, place, root);
  const local = { ...request, paths: [root], recursive: true, match: undefined, exclude: [] };
  let summary: Summary | undefined;
  let listed = 0;
  try {
    for await (const stored of foldersOfStorage(place, request)) {
      if (options.signal?.aborted) break;
      const wanted = images.wantedOf(stored);
      if (wanted === 0) continue;
      listed += wanted;
      options.onTotal?.(listed, false);
      images.standFor(stored);
      summary = await run(local, images.options());
      images.leave();
    }
    if (!options.signal?.aborted) options.onTotal?.(listed, true);
    return { ...summary, ...images.summary() };
  } finally {
    await place.close();
  }
}

/** Between the objects of a folder and a run that sees files. */
class ImagesOfStorage {
  readonly #options: RunContext;
  readonly #place: S3Place;
  readonly #root: string;
  readonly #tally = new Tally();
  /** By the path of what stands for them. */
  readonly #objects = new Map<string, S3Object>();
  readonly #ledger: LedgerOfCopies | undefined;
  /** The number of items that have ended in earlier runs. */
  #before = 0;
  #ended = 0;
  #fetching = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(options: RunContext, place: S3Place, root: string) {
    this.#options = options;
    this.#place = place;
    this.#root = root;
    this.#ledger =
      options.ledger &&
      new LedgerOfCopies(options.ledger, {
        urlOf: (path) => this.#urlOf(path),
        pathOf: (url) => this.#pathOf(url),
        versionOf: (path) => this.#objects.get(path)?.version ?? '',
      });
  }

  /** How many images of a folder are this run's. */
  wantedOf({ folder, objects }: StoredFolder): number {
    const { only, shard } = this.#options;
    if (shard && !shard.includes(this.#place.urlOf(folder === '' ? '.' : folder))) return 0;
    return only ? objects.filter(({ key }) => only.has(this.#place.urlOf(key))).length : objects.length;
  }

  /** Makes empty files with the names of the images: the names of thumbnails depend on all of a folder. */
  standFor({ folder, objects }: StoredFolder): void {
    makeFolders(resolve(this.#root, ...folder.split('/')));
    for (const object of objects) {
      const path = join(this.#root, ...object.key.split('/'));
      closeSync(openSync(path, 'wx'));
      this.#objects.set(path, object);
    }
  }

  /** The options of a run on what stands for the images, told by their addresses. */
  options(): RunContext {
    const { onTotal: _onTotal, shard: _shard, onStart, onPlace, onWarning, only, ...others } = this.#options;
    const named = <Item extends { readonly index: number; readonly input: string }>(item: Item): Item => ({
      ...item,
      index: this.#before + item.index,
      input: this.#urlOf(item.input),
    });
    return {
      ...others,
      ...(this.#ledger && { ledger: this.#ledger }),
      inputsElsewhere: {
        bring: (inputs) => this.#bring(inputs),
        takeAway: (inputs) => {
          for (const input of inputs) truncateSync(input);
        },
      },
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

  /** Removes what stands for the images of the folder. */
  leave(): void {
    rmSync(this.#root, { recursive: true, force: true });
    this.#objects.clear();
    this.#before += this.#ended;
    this.#ended = 0;
  }

  summary(): Summary {
    return this.#tally.summary();
  }

  async #bring(inputs: readonly string[]): Promise<ReadonlyMap<string, Failure>> {
    const failures = new Map<string, Failure>();
    const fetchOne = async (path: string): Promise<void> => {
      try {
        await this.#inTurn(() => this.#place.fetch(this.#objects.get(path)?.key ?? '', path));
      } catch (error) {
        const { message } = error instanceof Error ? error : new Error(String(error));
        failures.set(
          path,
          error instanceof ItemError ? error.toFailure() : { code: 'STORAGE_FAILED', message },
        );
      }
    };
    await Promise.all(inputs.map(fetchOne));
    return failures;
  }

  async #inTurn(fetch: () => Promise<void>): Promise<void> {
    if (this.#fetching >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#fetching += 1;
    try {
      await fetch();
    } finally {
      this.#fetching -= 1;
      this.#waiting.shift()?.();
    }
  }

  #tell(result: ItemResult): void {
    this.#tally.add(result);
    this.#options.onResult?.(result);
  }

  #urlOf(path: string): string {
    return this.#place.urlOf(
      path
        .slice(this.#root.length + 1)
        .split(sep)
        .join('/'),
    );
  }

  #pathOf(url: string): string | undefined {
    const beginning = this.#place.urlOf('');
    if (!url.startsWith(beginning)) return undefined;
    const path = join(this.#root, ...url.slice(beginning.length).split('/'));
    return this.#objects.has(path) ? path : undefined;
  }

  /** A text with the storage's address in the place of the folder. */
  #told(text: string): string {
    return text.replaceAll(this.#root + sep, this.#place.urlOf(''));
  }
}
