import { statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import type { Produced } from '../../shared/result.ts';
import { fingerprint } from '../ledger/fingerprint.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { fitted, nameOutputs, writtenFormat } from '../plan/output-name.ts';
import { outputNames } from '../plan/plan-thumbnails.ts';
import { stampOf } from '../plan/stamp.ts';
import type { PoolRun } from '../pool/worker-pool.ts';
import type { Outcome } from '../tasks/protocol.ts';
import type { MadeThumbnail, ThumbnailPayload } from '../tasks/thumbnail/thumbnail.ts';
import type { BytesPayload } from '../tasks/thumbnail/thumbnail-of-bytes.ts';
import { NameClaims } from './name-claims.ts';

/** Makes the thumbnail of each file as it arrives, on a pool of its own: images compute, downloads wait. */
export class ThumbnailStage {
  readonly #folder: string;
  readonly #recipe: ThumbnailRecipe;
  readonly #pool: PoolRun;
  readonly #ledger: Ledger | undefined;
  readonly #fingerprint: string;
  readonly #names = new NameClaims();

  /** @param folder absolute; it is there. */
  constructor(folder: string, recipe: ThumbnailRecipe, pool: PoolRun, ledger: Ledger | undefined) {
    this.#folder = folder;
    this.#recipe = recipe;
    this.#pool = pool;
    this.#ledger = ledger;
    this.#fingerprint = fingerprint({ task: 'thumbnail', ...recipe });
  }

  /** Whether the file's thumbnails are there, made from the file as it is now. */
  isMade(input: string): boolean {
    const original = statOf(input);
    return this.#outputsOf(basename(input)).every((output) => {
      const entry = this.#ledger?.byOutput(output);
      if (!entry || entry.input !== input || entry.recipe !== this.#fingerprint) return false;
      return (
        statOf(output)?.size === entry.bytes &&
        original !== undefined &&
        stampOf(original) === entry.inputStamp
      );
    });
  }

  async ofFile(input: string): Promise<Outcome<Produced>> {
    const outputs = this.#outputsOf(basename(input));
    const format = writtenFormat(basename(input), this.#recipe.format);
    const payload: ThumbnailPayload = { recipe: this.#recipe, images: [{ input, outputs, format }] };
    const outcome = await this.#pool.execute<Outcome<MadeThumbnail>[]>('thumbnail', payload);
    if (outcome.status !== 'done') return outcome;
    const [made] = outcome.value;
    if (!made) throw new Error('A batch of one image has one outcome.');
    return this.#told(made, input);
  }

  /** @param name what the file would have been called. @param url tells files of the same name apart. */
  async ofBytes(bytes: Uint8Array<ArrayBuffer>, name: string, url: string): Promise<Outcome<Produced>> {
    const format = writtenFormat(name, this.#recipe.format);
    const outputs = this.#outputsOf(this.#names.claim(name, url));
    const payload: BytesPayload = { bytes, name: url, outputs, format, recipe: this.#recipe };
    return this.#told(
      await this.#pool.execute<MadeThumbnail>('thumbnail-of-bytes', payload, [bytes.buffer]),
      url,
    );
  }

  #told(outcome: Outcome<MadeThumbnail>, input: string): Outcome<Produced> {
    if (outcome.status !== 'done') return outcome;
    const { inputStamp, ...produced } = outcome.value;
    for (const { output = '', bytesOut: bytes = 0, width, height } of produced.outputs ?? [produced]) {
      this.#ledger?.record({ output, input, inputStamp, recipe: this.#fingerprint, bytes, width, height });
    }
    return { ...outcome, value: produced };
  }

  /** Each file its own: a name whose extension must change keeps the old one inside (`a.png.jpg`). */
  #outputsOf(name: string): string[] {
    const named = nameOutputs([name], this.#recipe.format).get(name) ?? name;
    const distinct = named === name ? name : fitted(name, extname(named));
    return outputNames(distinct, this.#recipe).map((output) => join(this.#folder, output));
  }
}

function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}
