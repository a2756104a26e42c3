import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { MadeThumbnail, Produced } from '../../../shared/result.ts';
import { stampOf } from '../../files/stamp.ts';
import { fingerprint } from '../../ledger/fingerprint.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { belongsTo, distinctName } from '../../names/file-name.ts';
import type { NameClaims } from '../../names/name-claims.ts';
import { writtenFormat } from '../../names/output-name.ts';
import { outputsOfFetched } from '../../names/plan-thumbnails.ts';
import type { Outcome } from '../../pool/threads/protocol.ts';
import type { PoolRun } from '../../pool/worker-pool.ts';
import type { Outputs, ThumbnailPayload } from '../../thumbnails/task/thumbnail.ts';
import type { BytesPayload } from '../../thumbnails/task/thumbnail-of-bytes.ts';
import { type ExistingOutputs, ExistingThumbnails, isMadeOf } from '../outputs/existing-outputs.ts';
import type { MemoryBudget } from '../protocol/memory-budget.ts';
import type { Gathered } from '../protocol/protocol.ts';

export interface ThumbnailStageOptions {
  /** Absolute; it is there. */
  readonly folder: string;
  readonly recipe: ThumbnailRecipe;
  readonly durable: boolean;
  /** Opens the threads that only make thumbnails: images compute, downloads wait. */
  readonly pool: () => Promise<PoolRun>;
  readonly ledger: Ledger | undefined;
  /** The names that the run has given away: those planned, and those that answers led to. */
  readonly names: NameClaims;
  /** What bodies in memory are counted in. */
  readonly memory: MemoryBudget;
}

type Version = Pick<Gathered, 'etag' | 'lastModified'>;

/** Makes the thumbnail of each file as it arrives, where the thread that fetched it has not done so at once. */
export class ThumbnailStage {
  readonly #options: ThumbnailStageOptions;
  readonly #fingerprint: string;

  constructor(options: ThumbnailStageOptions) {
    this.#options = options;
    this.#fingerprint = fingerprint({ task: 'thumbnail', ...options.recipe });
  }

  /** For a run that keeps nothing but thumbnails. */
  whatIsThere(): ExistingOutputs {
    const { folder, ledger } = this.#options;
    return new ExistingThumbnails(folder, this.#fingerprint, (name) => this.#outputsOf(name), ledger);
  }

  /** Whether the file's thumbnails are there, made from the file as it is now. */
  isMade(input: string): boolean {
    const original = statOf(input);
    return this.#outputsOf(basename(input)).every((output) => {
      const entry = this.#options.ledger?.byOutput(output);
      if (!entry || entry.input !== input || entry.recipe !== this.#fingerprint) return false;
      return (
        statOf(output)?.size === entry.bytes &&
        original !== undefined &&
        stampOf(original) === entry.inputStamp
      );
    });
  }

  async ofFile(input: string): Promise<Outcome<Produced>> {
    const { recipe, pool, durable } = this.#options;
    const outputs = this.#outputsOf(basename(input));
    const format = writtenFormat(basename(input), recipe.format);
    const payload: ThumbnailPayload = { recipe, images: [{ input, outputs, format }], durable };
    const outcome = await (await pool()).execute<Outcome<MadeThumbnail>[]>('thumbnail', payload);
    if (outcome.status !== 'done') return outcome;
    const [made] = outcome.value;
    if (!made) throw new Error('A batch of one image has one outcome.');
    return this.told(made, input);
  }

  /**
   * Of an image that is not kept, unless its thumbnail has been made already. Lets go of the image.
   * @param planned the name that is its own already.
   */
  async ofGathered(gathered: Gathered, planned: string, url: string): Promise<Outcome<Produced>> {
    const { body, file, bytes, thumbnail } = gathered;
    if (thumbnail) return this.told(thumbnail, url, gathered);
    const image = body ?? file;
    if (image === undefined) throw new Error('Nothing was kept of what was gathered.');
    try {
      return this.told(await this.#ofImage(image, gathered.name, planned, url), url, gathered);
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
      format: writtenFormat(name, recipe.format),
      recipe,
    };
    const run = await pool();
    const transfer = typeof image === 'string' ? [] : [image.buffer];
    return run.execute<MadeThumbnail>('thumbnail-of-bytes', payload, transfer);
  }

  /** What is in the thumbnails' places and not known to be of this URL is left alone, unless it holds the same bytes. */
  #besideOthers(name: string, url: string): Outputs {
    const { ledger, durable } = this.#options;
    const paths = this.#outputsOf(name);
    const foreign = paths.filter((path) => existsSync(path) && !isMadeOf(path, url, ledger));
    return { paths, foreign, otherwise: this.#outputsOf(distinctName(name, url)), durable };
  }

  /**
   * Remembers a thumbnail that was made, and leaves out what only the ledger needs.
   * @param version by which a later run asks whether the input has changed, where there is no file to tell.
   */
  told(outcome: Outcome<MadeThumbnail>, input: string, version: Version = {}): Outcome<Produced> {
    if (outcome.status !== 'done') return outcome;
    const { inputStamp, ...produced } = outcome.value;
    for (const { output = '', bytesOut: bytes = 0, width, height } of produced.outputs ?? [produced]) {
      const recipe = this.#fingerprint;
      const { etag, lastModified } = version;
      const entry = { output, input, inputStamp, recipe, bytes, width, height, etag, lastModified };
      this.#options.ledger?.record(entry);
    }
    return { ...outcome, value: produced };
  }

  #outputsOf(name: string): string[] {
    return outputsOfFetched(name, this.#options.recipe, this.#options.folder);
  }
}

function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}
