import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { openOutputFolder } from '../../files/open-output-folder.ts';
import { lifeOf, type Owner, self } from '../../files/parts/owner.ts';
import { removeStaleParts } from '../../files/parts/stale-parts.ts';
import { failureOfSystemError } from '../../files/system-error.ts';
import { filesOf } from './sample.ts';
import type { ShardSettings } from './shard-settings.ts';

const removedAtOnce = 4;
/** How many results share a file, so that files of shards that are finished can be removed. */
const resultsOfFile = 10_000;

/**
 * The folder for what is fetched and not yet in a shard, and what came of it. A run that is interrupted leaves it, and
 * the next one takes what is there. Each run fetches into a folder of its own in it.
 */
export class Staging {
  readonly folder: string;
  /** Where this run's files go. */
  readonly files: string;

  /**
   * @param anew whether what an earlier run has left is removed.
   * @param isFenced whether it is this run's alone, however many others take it for theirs: then nobody is looked for.
   * @throws UsageError if it cannot be made, or another run has it.
   */
  constructor(folder: string, { anew = false, isFenced = false } = {}) {
    this.folder = folder;
    try {
      openOutputFolder(folder);
      if (!isFenced) this.#own();
      if (anew) this.#empty();
      const names = readdirSync(folder);
      removeStaleParts(folder, names);
      const last = Math.max(0, ...names.map((name) => Number(/^run-(\d+)$/.exec(name)?.[1] ?? 0)));
      this.files = join(folder, `run-${last + 1}`);
      mkdirSync(this.files);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(failureOfSystemError(error, folder, 'write').message, { cause: error });
    }
  }

  /** Keeps what came of an item, until its shard is finished. */
  keep(index: number, result: ItemResult): void {
    const { output, thumbnail } = result;
    const kept = {
      ...result,
      index,
      ...(output !== undefined && { output: relative(this.folder, output) }),
      ...(thumbnail?.output !== undefined && {
        thumbnail: { ...thumbnail, output: relative(this.folder, thumbnail.output) },
      }),
    };
    appendFileSync(this.#fileOf(index), `${JSON.stringify(kept)}\n`);
  }

  /** What an earlier run has fetched, of the items from this one on. What failed is tried again. */
  kept(from: number, settings: ShardSettings): Map<number, ItemResult> {
    const kept = new Map<number, ItemResult>();
    for (const name of readdirSync(this.folder)) {
      if (!name.endsWith('.ndjson')) continue;
      for (const line of readFileSync(join(this.folder, name), 'utf8').split('\n')) {
        const result = this.#parsed(line);
        if (result && result.index >= from && isThere(result, settings)) kept.set(result.index, result);
      }
    }
    return kept;
  }

  /** Forgets items that are in finished shards. */
  async drop(results: readonly ItemResult[], settings: ShardSettings, before: number): Promise<void> {
    const paths = results.flatMap((result) => filesOf(result, settings).map(({ path }) => path));
    const removeAll = async (): Promise<void> => {
      for (let path = paths.pop(); path !== undefined; path = paths.pop()) await rm(path, { force: true });
    };
    await Promise.all(Array.from({ length: removedAtOnce }, removeAll));
    for (let file = Math.floor(before / resultsOfFile) - 1; file >= 0; file -= 1) {
      const path = this.#fileOf(file * resultsOfFile);
      if (!existsSync(path)) break;
      rmSync(path);
    }
  }

  /** Whether an earlier run, or this one, began to write the shard. */
  hasBegun(shard: number): boolean {
    return existsSync(this.#markOf(shard));
  }

  begin(shard: number): void {
    writeFileSync(this.#markOf(shard), '');
  }

  finished(shard: number): void {
    rmSync(this.#markOf(shard), { force: true });
  }

  /** Everything that was fetched is in a shard. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** This run was interrupted: another may go on. */
  leave(): void {
    rmSync(this.#ownerFile, { force: true });
  }

  get #ownerFile(): string {
    return join(this.folder, 'owner.json');
  }

  /** On another machine nobody knows whether a process lives: there it is taken for dead. */
  #own(): void {
    const owner = existsSync(this.#ownerFile) ? ownerIn(readFileSync(this.#ownerFile, 'utf8')) : undefined;
    if (owner && lifeOf(owner) === 'alive') {
      throw new UsageError(`Another run is writing a data set into ${resolve(this.folder, '..')}.`);
    }
    writeFileSync(this.#ownerFile, JSON.stringify(self));
  }

  #empty(): void {
    for (const name of readdirSync(this.folder)) {
      if (/^(?:run|results)-/.test(name)) rmSync(join(this.folder, name), { recursive: true, force: true });
    }
  }

  #fileOf(index: number): string {
    return join(this.folder, `results-${Math.floor(index / resultsOfFile)}.ndjson`);
  }

  #markOf(shard: number): string {
    return join(this.folder, `begun-${shard}`);
  }

  /** Only what lies in this folder is taken, and removed later. */
  #pathOf(name: string): string {
    const path = resolve(this.folder, name);
    if (!path.startsWith(this.folder + sep)) throw new Error('It leads out of the folder.');
    return path;
  }

  /** @returns undefined for a line that was cut. */
  #parsed(line: string): ItemResult | undefined {
    try {
      const { output, thumbnail, ...result } = JSON.parse(line) as ItemResult;
      return {
        ...result,
        ...(output !== undefined && { output: this.#pathOf(output) }),
        ...(thumbnail && {
          thumbnail: {
            ...thumbnail,
            ...(thumbnail.output !== undefined && { output: this.#pathOf(thumbnail.output) }),
          },
        }),
      };
    } catch {
      return undefined;
    }
  }
}

/** Whether the files of an item that is done are there, as they were. */
function isThere(result: ItemResult, settings: ShardSettings): boolean {
  if (result.status !== 'done') return false;
  const files = filesOf(result, settings);
  if (files.length === 0) return false;
  const sizes = new Map([
    [result.output, result.bytesOut],
    [result.thumbnail?.output, result.thumbnail?.bytesOut],
  ]);
  return files.every(({ path }) => statSync(path, { throwIfNoEntry: false })?.size === sizes.get(path));
}

function ownerIn(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}
