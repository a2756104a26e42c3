import { lstatSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { failureOf, ItemError, UsageError } from '../../shared/failure.ts';
import { formatOfExtension } from '../../shared/image-formats.ts';
import type { ThumbnailRequest } from '../../shared/requests.ts';
import type { ItemResult, WrittenSet } from '../../shared/result.ts';
import type { SetKind } from '../../shared/settings/set-kinds.ts';
import type { PlannedThumbnail } from '../names/plan-thumbnails.ts';
import type { LoadedKind } from '../pool/threads/protocol.ts';
import type { PoolRun } from '../pool/worker-pool.ts';
import type { PlannedItem } from '../run/run-items.ts';
import type { RunContext } from '../run/run-options.ts';
import { addPlaceholders } from './sets/add-placeholders.ts';
import type { Numbered, ScratchRendition } from './sets/scratch-entries.ts';
import { SetFiles } from './sets/set-files.ts';
import { SetGatherer } from './sets/set-gatherer.ts';
import type { SetEntry, SetOfPictures, SetRendition, SetWriter } from './sets/set-of-pictures.ts';
import type { ThumbnailPlanner } from './thumbnail-planner.ts';

/** Loaded by the run that asks for them. */
const writers: Readonly<Record<SetKind, () => Promise<SetWriter>>> = {
  manifest: async () => (await import('./sets/manifest/write-manifest.ts')).writeManifest,
  gallery: async () => (await import('./sets/gallery/write-gallery.ts')).writeGallery,
  contactSheet: async () => (await import('./sets/contact-sheet/write-contact-sheet.ts')).writeContactSheet,
};

/** So many entries are read in a row before other events are handled. */
const chunkSize = 256;

/** The sets that a run was asked for: gathered while it goes on, and written at its end. */
export class SetsOfRun {
  readonly #request: ThumbnailRequest;
  readonly #options: RunContext;
  readonly #files: SetFiles;
  readonly #wanted: ReadonlyMap<SetKind, string>;
  readonly #gatherer: SetGatherer;

  /** @throws UsageError if a file that is asked for cannot be written. */
  static async open(
    request: ThumbnailRequest,
    options: RunContext,
    planner: Pick<ThumbnailPlanner, 'originals' | 'outputRoots'>,
  ): Promise<SetsOfRun> {
    if (options.shard) {
      throw new UsageError(
        'A set is of all items, and a shard has a part of them: make it by a run without a shard when all are done.',
      );
    }
    const outputFolders = planner.outputRoots().map(({ path }) => path);
    const files = new SetFiles({ ...options, originals: planner.originals, outputFolders });
    return new SetsOfRun(request, options, files, await files.check(request));
  }

  private constructor(
    request: ThumbnailRequest,
    options: RunContext,
    files: SetFiles,
    wanted: ReadonlyMap<SetKind, string>,
  ) {
    this.#request = request;
    this.#options = options;
    this.#files = files;
    this.#wanted = wanted;
    this.#gatherer = new SetGatherer(options.ledger);
  }

  watch(
    planned: AsyncIterable<readonly PlannedItem<PlannedThumbnail>[]>,
  ): AsyncIterable<readonly PlannedItem<PlannedThumbnail>[]> {
    return this.#gatherer.watch(planned);
  }

  /** The run's options, so that what was made is taken as it is told of. */
  listening(options: RunContext): RunContext {
    const { onResult } = options;
    return {
      ...options,
      onResult: (result: ItemResult) => {
        this.#gatherer.took(result);
        onResult?.(result);
      },
    };
  }

  /** Writes the sets of what is there: after an interruption, that is not everything. */
  async write(run: PoolRun | undefined): Promise<WrittenSet[]> {
    const { dryRun = false, ledger } = this.#options;
    const { entries } = this.#gatherer;
    if (!dryRun && run) await addPlaceholders(entries, run, this.#options);
    const written: WrittenSet[] = [];
    for (const [kind, file] of this.#wanted) {
      const about = { kind, file, pictures: entries.count };
      written.push(dryRun || !run ? { ...about, files: [] } : await this.#write(about, run));
    }
    ledger?.flush();
    return written;
  }

  close(): void {
    this.#gatherer.close();
  }

  async #write(about: Omit<WrittenSet, 'files'>, run: PoolRun): Promise<WrittenSet> {
    const { kind, file } = about;
    try {
      await this.#files.claim(file);
      const write = await writers[kind]();
      const paths = await write(this.#setFor(file, run), file);
      const files = paths.map((path) => ({ path, bytes: lstatSync(path).size }));
      for (const { path, bytes } of files) this.#files.record(path, bytes);
      return { ...about, files };
    } catch (error) {
      const { message } = failureOf(error, 'UNEXPECTED');
      const failure =
        error instanceof ItemError ? error.toFailure() : { code: 'UNEXPECTED' as const, message };
      return { ...about, files: [], error: failure };
    }
  }

  #setFor(file: string, run: PoolRun): SetOfPictures {
    const { onWarning = () => {}, signal } = this.#options;
    const { entries, missing } = this.#gatherer;
    return {
      folder: dirname(file),
      title: titleOf(this.#request) ?? basename(dirname(file)),
      count: entries.count,
      missing,
      entries: () => setEntries(entries.all()),
      claim: (further) => this.#files.claim(further),
      inThread: (kind, payload) => inThread(run, kind, payload),
      durable: this.#request.durable,
      signal,
      onWarning,
    };
  }
}

async function inThread<Value>(run: PoolRun, kind: LoadedKind, payload: unknown): Promise<Value> {
  const outcome = await run.execute<Value>(kind, payload);
  if (outcome.status === 'done') return outcome.value;
  if (outcome.status === 'failed') throw new ItemError(outcome.error.code, outcome.error.message);
  throw new ItemError('WORKER_DIED', 'The run was interrupted.');
}

/** @returns undefined of a list alone: whoever names the file of the set has a name for its folder. */
function titleOf({ paths }: ThumbnailRequest): string | undefined {
  const [first, ...others] = paths;
  if (first === undefined) return undefined;
  const name = basename(resolve(first)) || first;
  return others.length === 0 ? name : `${name} and ${others.length} more`;
}

async function* setEntries(all: Iterable<Numbered>): AsyncGenerator<SetEntry, void> {
  let read = 0;
  for (const { input, renditions, thumbHash, colour } of all) {
    yield {
      input,
      name: basename(input),
      renditions: renditions.map(renditionOf),
      ...(thumbHash && { thumbHash }),
      ...(colour && { colour }),
    };
    read += 1;
    if (read % chunkSize === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

function renditionOf({ path, bytes, width = 0, height = 0 }: ScratchRendition): SetRendition {
  const format = formatOfExtension(extname(path).slice(1).toLowerCase())?.kept;
  return { path, type: `image/${format ?? 'jpeg'}`, width, height, bytes };
}
