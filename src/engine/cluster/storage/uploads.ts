import { rmSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { ItemError } from '../../../shared/failure.ts';
import type { ItemResult, Produced } from '../../../shared/result.ts';
import type { S3Place } from '../places/s3-place.ts';
import { sha256OfFile } from '../places/sha256-of-file.ts';

/** How many files are on their way at once, and how many items may wait for that. */
const atOnce = 8;
const mostWaiting = 64;

/** Takes the outputs of items to an object storage, and removes them here. */
export class Uploads {
  readonly #place: S3Place;
  readonly #folder: string;
  readonly #onEnded: (result: ItemResult) => void;
  readonly #waiting: ItemResult[] = [];
  readonly #underWay = new Set<Promise<void>>();

  /** @param folder what the keys are below of. */
  constructor(place: S3Place, folder: string, onEnded: (result: ItemResult) => void) {
    this.#place = place;
    this.#folder = folder;
    this.#onEnded = onEnded;
  }

  /** Whether so many items wait that no more should be made. */
  get isBehind(): boolean {
    return this.#waiting.length >= mostWaiting;
  }

  add(result: ItemResult): void {
    this.#waiting.push(result);
    this.#next();
  }

  async ended(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.race(this.#underWay);
  }

  /** Takes nothing more: what waits is cancelled. */
  cancel(): void {
    for (const { output: _output, outputs: _outputs, thumbnail: _thumbnail, ...item } of this.#waiting.splice(
      0,
    )) {
      this.#onEnded({ ...item, status: 'cancelled' });
    }
  }

  #next(): void {
    if (this.#underWay.size >= atOnce) return;
    const result = this.#waiting.shift();
    if (!result) return;
    const taking = this.#take(result).then((ended) => {
      this.#underWay.delete(taking);
      this.#onEnded(ended);
      this.#next();
    });
    this.#underWay.add(taking);
  }

  async #take(result: ItemResult): Promise<ItemResult> {
    try {
      const stored = await this.#stored(result);
      const thumbnail = result.thumbnail && (await this.#stored(result.thumbnail));
      const isNew = stored.isNew || thumbnail?.isNew === true;
      return {
        ...result,
        ...stored.produced,
        ...(thumbnail && { thumbnail: { ...result.thumbnail, ...thumbnail.produced } }),
        ...(!isNew && { status: 'skipped' as const, reason: 'unchanged' as const }),
      };
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      const { output: _output, outputs: _outputs, thumbnail: _thumbnail, ...item } = result;
      return { ...item, status: 'failed', error: error.toFailure() };
    }
  }

  /** Takes the files that were made. @returns the same with their URLs, and whether any was not there. */
  async #stored({ output, outputs }: Produced): Promise<{ produced: Produced; isNew: boolean }> {
    const taken = new Map<string, { url: string; isNew: boolean }>();
    const files = [output, ...(outputs ?? []).map((each) => each.output)];
    for (const file of files) {
      if (file !== undefined && !taken.has(file)) taken.set(file, await this.#store(file));
    }
    const urlOf = (file: string | undefined) =>
      file === undefined ? {} : { output: taken.get(file)?.url ?? file };
    return {
      produced: {
        ...urlOf(output),
        ...(outputs && { outputs: outputs.map((each) => ({ ...each, ...urlOf(each.output) })) }),
      },
      isNew: [...taken.values()].some(({ isNew }) => isNew),
    };
  }

  /** @throws ItemError if it cannot be stored, or an object that is not ours has its key. */
  async #store(file: string): Promise<{ url: string; isNew: boolean }> {
    const key = relative(this.#folder, file).split(sep).join('/');
    const url = this.#place.urlOf(key);
    const sha256 = await sha256OfFile(file);
    const there = await this.#place.look(key);
    const isSame = there?.sha256 === sha256 && there.bytes === statSync(file).size;
    if (there && there.sha256 === undefined) {
      throw new ItemError(
        'OUTPUT_EXISTS',
        `${url} is there already and was not made by Shoal: it is not replaced.`,
      );
    }
    if (!isSame) await this.#place.copy(key, file, sha256);
    rmSync(file, { force: true });
    return { url, isNew: !isSame };
  }
}
