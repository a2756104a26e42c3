import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { MadeThumbnail, Produced } from '../../../shared/result.ts';
import type { StageTimes } from '../../../shared/stages.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { OutputRecords } from '../../ledger/output-records.ts';
import { settingsOfThumbnails } from '../../ledger/settings-of-thumbnails.ts';
import { belongsTo, distinctName } from '../../names/file-name.ts';
import { writtenFormats } from '../../names/output-name.ts';
import { outputsOfFetched } from '../../names/plan-thumbnails.ts';
import type { UrlNames } from '../../names/url-names.ts';
import type { Outcome } from '../../pool/threads/protocol.ts';
import type { PoolRun } from '../../pool/worker-pool.ts';
import type { Outputs, ThumbnailPayload } from '../../thumbnails/task/thumbnail.ts';
import type { BytesPayload } from '../../thumbnails/task/thumbnail-of-bytes.ts';
import {
  type ExistingOutputs,
  ExistingThumbnails,
  isMadeOf,
  stampOfBytes,
} from '../outputs/existing-outputs.ts';
import type { MemoryBudget } from '../protocol/memory-budget.ts';
import type { Gathered } from '../protocol/protocol.ts';

export interface ThumbnailStageOptions {
  /** An absolute path to an existing folder. */
  readonly folder: string;
  readonly recipe: ThumbnailRecipe;
  readonly durable: boolean;
  /** Starts the threads that only make thumbnails: images need processor time, downloads mostly wait. */
  readonly pool: () => Promise<PoolRun>;
  readonly ledger: Ledger | undefined;
  /** The names taken in this run: planned ones, and those that answers led to. */
  readonly names: UrlNames;
  /** The budget that bodies in memory are counted in. */
  readonly memory: MemoryBudget;
}

type Version = Partial<Pick<Gathered, 'etag' | 'lastModified' | 'sha256'>>;

/** The outcome of a thumbnail, and how long the stages of its image took. */
export type RecordedThumbnail = Outcome<Produced> & { readonly stages?: StageTimes };

/** Makes the thumbnail of each file as it arrives, unless the thread that fetched it has made it at once. */
export class ThumbnailStage {
  readonly #options: ThumbnailStageOptions;
  readonly #records: OutputRecords;

  constructor(options: ThumbnailStageOptions) {
    this.#options = options;
    this.#records = new OutputRecords(options.ledger, settingsOfThumbnails(options.recipe));
  }

  /** The existing thumbnails, for a run that keeps only thumbnails. */
  whatIsThere(): ExistingOutputs {
    const { folder, ledger } = this.#options;
    return new ExistingThumbnails(folder, this.#records, (name) => this.#outputsOf(name), ledger);
  }

  /** Whether the file's thumbnails exist and were made from its current version. */
  isMade(input: string): boolean {
    return this.#records.areUpToDate(this.#outputsOf(basename(input)), input);
  }

  async ofFile(input: string): Promise<RecordedThumbnail> {
    const { recipe, pool, durable } = this.#options;
    const outputs = this.#outputsOf(basename(input));
    const formats = writtenFormats(basename(input), recipe);
    const payload: ThumbnailPayload = { recipe, images: [{ input, outputs, formats }], durable };
    const outcome = await (await pool()).execute<Outcome<MadeThumbnail>[]>('thumbnail', payload);
    if (outcome.status !== 'done') return outcome;
    const [made] = outcome.value;
    if (!made) throw new Error('A batch of one image has one outcome.');
    return this.recordOutput(made, input);
  }

  /**
   * The thumbnail of an image that is not kept, unless it has been made already. Frees the image.
   * @param planned the name that was reserved for the item.
   */
  async ofGathered(gathered: Gathered, planned: string, url: string): Promise<RecordedThumbnail> {
    const { body, file, bytes, thumbnail } = gathered;
    if (thumbnail) return this.recordOutput(thumbnail, url, gathered);
    const image = body ?? file;
    if (image === undefined) throw new Error('Nothing was kept of what was gathered.');
    try {
      const made = await this.#ofImage(image, gathered.name, planned, url);
      return this.recordOutput(made, url, gathered);
    } finally {
      if (body) this.#options.memory.give(bytes);
      if (file !== undefined) await rm(file, { force: true });
    }
  }

  async #ofImage(image: BytesPayload['image'], wanted: string, planned: string, url: string) {
    const { recipe, pool, names } = this.#options;
    const name = belongsTo(planned, wanted) ? wanted : names.claim(wanted, url);
    const payload: BytesPayload = {
      image,
      name: url,
      outputs: this.#besideOthers(name, url),
      formats: writtenFormats(name, recipe),
      recipe,
    };
    const run = await pool();
    const transfer = typeof image === 'string' ? [] : [image.buffer];
    return run.execute<MadeThumbnail>('thumbnail-of-bytes', payload, transfer);
  }

  /**
   * Files in the thumbnails' places that are not known to be this URL's are not replaced, unless the bytes are the
   * same.
   */
  #besideOthers(name: string, url: string): Outputs {
    const { ledger, durable } = this.#options;
    const paths = this.#outputsOf(name);
    const foreign = paths.filter((path) => existsSync(path) && !isMadeOf(path, url, ledger));
    return { paths, foreign, otherwise: this.#outputsOf(distinctName(name, url)), durable };
  }

  /**
   * Records a thumbnail in the ledger, and removes from its result what only the ledger needs.
   * @param version tells a later run whether the input has changed, if there is no file that could tell.
   */
  recordOutput(
    outcome: Outcome<MadeThumbnail>,
    input: string,
    { etag, lastModified, sha256 }: Version = {},
  ): RecordedThumbnail {
    if (outcome.status !== 'done') return outcome;
    const { stages } = outcome.value;
    const version = { etag, lastModified, ...(sha256 !== undefined && { inputStamp: stampOfBytes(sha256) }) };
    return { ...outcome, value: this.#records.recordThumbnails(outcome.value, input, version), stages };
  }

  #outputsOf(name: string): string[] {
    return outputsOfFetched(name, this.#options.recipe, this.#options.folder);
  }
}
