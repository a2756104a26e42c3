import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import type { Produced } from '../../shared/result.ts';
import { fingerprint } from '../ledger/fingerprint.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { belongsTo } from '../plan/file-name.ts';
import { writtenFormat } from '../plan/output-name.ts';
import { outputsOfFetched } from '../plan/plan-thumbnails.ts';
import { stampOf } from '../plan/stamp.ts';
import type { PoolRun } from '../pool/worker-pool.ts';
import type { Outcome } from '../tasks/protocol.ts';
import type { MadeThumbnail, ThumbnailPayload } from '../tasks/thumbnail/thumbnail.ts';
import type { BytesPayload } from '../tasks/thumbnail/thumbnail-of-bytes.ts';
import type { NameClaims } from './name-claims.ts';

export interface ThumbnailStageOptions {
  /** Absolute; it is there. */
  readonly folder: string;
  readonly recipe: ThumbnailRecipe;
  /** Opens the threads that only make thumbnails: images compute, downloads wait. */
  readonly pool: () => Promise<PoolRun>;
  readonly ledger: Ledger | undefined;
  /** The names that the run has given away: those planned, and those that answers led to. */
  readonly names: NameClaims;
}

/** Makes the thumbnail of each file as it arrives, where the thread that fetched it has not done so at once. */
export class ThumbnailStage {
  readonly #options: ThumbnailStageOptions;
  readonly #fingerprint: string;

  constructor(options: ThumbnailStageOptions) {
    this.#options = options;
    this.#fingerprint = fingerprint({ task: 'thumbnail', ...options.recipe });
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
    const { recipe, pool } = this.#options;
    const outputs = this.#outputsOf(basename(input));
    const format = writtenFormat(basename(input), recipe.format);
    const payload: ThumbnailPayload = { recipe, images: [{ input, outputs, format }] };
    const outcome = await (await pool()).execute<Outcome<MadeThumbnail>[]>('thumbnail', payload);
    if (outcome.status !== 'done') return outcome;
    const [made] = outcome.value;
    if (!made) throw new Error('A batch of one image has one outcome.');
    return this.told(made, input);
  }

  /** @param name what the file would have been called. @param planned the name that is its own already. */
  async ofBytes(
    bytes: Uint8Array<ArrayBuffer>,
    { name: wanted, planned, url }: { readonly name: string; readonly planned: string; readonly url: string },
  ): Promise<Outcome<Produced>> {
    const { recipe, pool, names } = this.#options;
    const name = belongsTo(planned, wanted) ? wanted : names.claim(wanted, url);
    const payload: BytesPayload = {
      bytes,
      name: url,
      outputs: this.#outputsOf(name),
      format: writtenFormat(name, recipe.format),
      recipe,
    };
    const run = await pool();
    return this.told(await run.execute<MadeThumbnail>('thumbnail-of-bytes', payload, [bytes.buffer]), url);
  }

  /** Remembers a thumbnail that was made, and leaves out what only the ledger needs. */
  told(outcome: Outcome<MadeThumbnail>, input: string): Outcome<Produced> {
    if (outcome.status !== 'done') return outcome;
    const { inputStamp, ...produced } = outcome.value;
    for (const { output = '', bytesOut: bytes = 0, width, height } of produced.outputs ?? [produced]) {
      const recipe = this.#fingerprint;
      this.#options.ledger?.record({ output, input, inputStamp, recipe, bytes, width, height });
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
