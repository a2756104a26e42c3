import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, UsageError } from '../../shared/failure.ts';
import type { ThumbnailRequest } from '../../shared/run-request.ts';
import { alreadyThere } from '../files/already-there.ts';
import { stampOf } from '../files/stamp.ts';
import { fingerprint } from '../ledger/fingerprint.ts';
import { type PlannedThumbnail, planFiles, planFolder } from '../plan/plan-thumbnails.ts';
import { countImages, type WalkOptions, walkImages } from '../sources/image-folder.ts';
import { namesOf, OutputFolders } from './output-folders.ts';
import type { PlannedItem } from './run-items.ts';
import type { RunOptions } from './run-options.ts';
import { type Root, resolveRoots } from './thumbnail-roots.ts';

type Planned = PlannedItem<PlannedThumbnail>;
type FileRoot = Extract<Root, { kind: 'file' }>;
type FolderRoot = Extract<Root, { kind: 'folder' }>;

/** Items planned at once. Planning waits for nothing by itself, so between chunks the event loop is given a turn. */
const chunkSize = 256;

/** Turns a request into planned items: gathers what is on disk and in the ledger, and asks the pure plan. */
export class ThumbnailPlanner {
  /** The recipe's fingerprint, as the ledger keeps it. */
  readonly recipe: string;
  readonly #request: ThumbnailRequest;
  readonly #options: RunOptions;
  readonly #roots: readonly Root[];
  readonly #folders: OutputFolders;
  readonly #outputRoots: ReadonlySet<string>;
  /** The first items have been planned: from then on there is work, and time to count. */
  readonly #underWay = Promise.withResolvers<void>();

  /** @throws UsageError when there is nothing to read or nowhere to write. */
  constructor(request: ThumbnailRequest, options: RunOptions) {
    this.#request = request;
    this.#options = options;
    this.recipe = fingerprint({ task: 'thumbnail', ...request.recipe });
    this.#roots = resolveRoots(request);
    this.#folders = new OutputFolders(options.ledger);
    const outputRoots = this.#roots.flatMap((root) => (root.kind === 'missing' ? [] : root.outputFolder));
    if (!options.dryRun) this.#openOutputRoots(outputRoots);
    // Once they are there: what is not has no real path.
    this.#outputRoots = new Set(outputRoots.flatMap(namesOf));
  }

  /**
   * Counts the items, beside the run: a walk alone is much quicker than the work. Only once there is work, so that
   * the first item does not wait for the last to be counted.
   */
  async countTotal(): Promise<void> {
    const { onTotal, signal, only } = this.#options;
    if (!onTotal) return;
    if (only) return onTotal(only.size, true);
    await this.#underWay.promise;
    if (signal?.aborted) return;
    let total = this.#roots.filter(({ kind }) => kind !== 'folder').length;
    for (const root of this.#roots) {
      if (root.kind !== 'folder') continue;
      total += await countImages(root.path, this.#walkOptions(), signal);
      if (signal?.aborted) return;
    }
    onTotal(total, true);
  }

  /** Plans folder by folder, so that work starts before the walk ends. */
  async *plan(): AsyncGenerator<readonly Planned[], void> {
    try {
      for await (const chunk of this.#planRoots()) {
        this.#underWay.resolve();
        yield chunk;
      }
    } finally {
      this.#underWay.resolve();
    }
  }

  async *#planRoots(): AsyncGenerator<readonly Planned[], void> {
    const files = this.#roots.filter((root): root is FileRoot => root.kind === 'file');
    for (const root of this.#roots) {
      if (root.kind === 'missing') yield this.#failed(root.path, root.error);
      if (root.kind === 'folder') yield* this.#planRoot(root);
    }
    for (const [outputFolder, group] of Map.groupBy(files, (root) => root.outputFolder)) {
      const planned = planFiles(
        group.map(({ path }) => path),
        outputFolder,
        this.#request.recipe,
      );
      yield* this.#check(planned, outputFolder);
    }
  }

  /** Leaves no empty folders behind. Once the run has ended. */
  close(): void {
    this.#folders.removeEmpty();
  }

  async *#planRoot(root: FolderRoot): AsyncGenerator<readonly Planned[], void> {
    let found = false;
    for await (const event of walkImages(root.path, this.#walkOptions())) {
      if (event.kind !== 'warning') found = true;
      switch (event.kind) {
        case 'failed':
          yield this.#failed(event.path, event.error);
          break;
        case 'warning':
          this.#options.onWarning?.(event.message);
          break;
        case 'folder': {
          const folder = join(root.path, event.folder);
          const outputFolder = join(root.outputFolder, event.folder);
          const planned = planFolder({ folder, outputFolder, names: event.names }, this.#request.recipe);
          yield* this.#check(planned, outputFolder);
        }
      }
    }
    if (!found) this.#options.onWarning?.(this.#nothingFound(root.path));
  }

  #failed(input: string, error: Failure): readonly Planned[] {
    return this.#isWanted(input) ? [{ kind: 'failed', input, error }] : [];
  }

  #isWanted(input: string): boolean {
    return this.#options.only?.has(input) ?? true;
  }

  async *#check(
    planned: Iterable<PlannedThumbnail>,
    outputFolder: string,
  ): AsyncGenerator<readonly Planned[], void> {
    if (!this.#options.dryRun) this.#folders.sweep(outputFolder);
    let chunk: Planned[] = [];
    for (const item of planned) {
      // Left out only now: how an output is named depends on all the names of its folder.
      if (!this.#isWanted(item.input)) continue;
      chunk.push(this.#checkOne(item, outputFolder));
      if (chunk.length < chunkSize) continue;
      yield chunk;
      chunk = [];
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (chunk.length > 0) yield chunk;
  }

  #checkOne(item: PlannedThumbnail, outputFolder: string): Planned {
    const { input, outputs } = item;
    const output = outputs[0] ?? '';
    const { force = false, dryRun = false } = this.#options;
    if (!force && this.#isUnchanged(item)) return { kind: 'skipped', input, output, reason: 'unchanged' };
    const trusted = this.#request.outputFolder === undefined;
    const folder = dryRun
      ? this.#folders.look(outputFolder, trusted)
      : this.#folders.open(outputFolder, trusted);
    if (folder.kind === 'failed') return { kind: 'failed', input, error: folder.error };
    const foreign = folder.own || force ? [] : outputs.filter((path) => this.#isSomebodyElses(path));
    const [first] = foreign;
    if (first === undefined) return { kind: 'work', input, output, work: item };
    // Only the thumbnail itself could show that the file that is there is the same.
    if (dryRun) return { kind: 'failed', input, error: alreadyThere(first).toFailure() };
    return { kind: 'work', input, output, work: { ...item, foreign } };
  }

  /** Whether the outputs are there, made by the same recipe from the input as it is now. */
  #isUnchanged({ input, outputs }: PlannedThumbnail): boolean {
    const { ledger } = this.#options;
    let stamp: string | undefined;
    for (const output of outputs) {
      const entry = ledger?.byOutput(output);
      if (!entry || entry.recipe !== this.recipe || entry.input !== input) return false;
      stamp ??= stampOfFile(input);
      if (entry.inputStamp !== stamp || sizeOfFile(output) !== entry.bytes) return false;
    }
    return true;
  }

  #isSomebodyElses(output: string): boolean {
    const there = lstatSync(output, { throwIfNoEntry: false }) !== undefined;
    return there && this.#options.ledger?.byOutput(output) === undefined;
  }

  #nothingFound(folder: string): string {
    const { match } = this.#request;
    return match === undefined
      ? `No images found in ${folder}.`
      : `No images that match ${match} found in ${folder}.`;
  }

  #openOutputRoots(outputRoots: readonly string[]): void {
    const trusted = this.#request.outputFolder === undefined;
    const opened = [...new Set(outputRoots)].map((folder) => this.#folders.open(folder, trusted));
    const failures = opened.flatMap((folder) => (folder.kind === 'failed' ? [folder.error] : []));
    if (opened.length > 0 && failures.length === opened.length) {
      throw new UsageError(failures.map(({ message }) => message));
    }
  }

  #walkOptions(): WalkOptions {
    const { recursive, match } = this.#request;
    const { ledger } = this.#options;
    return {
      recursive,
      match,
      isOutputFolder: (folder) =>
        namesOf(folder).some((path) => this.#outputRoots.has(path) || ledger?.isOutputFolder(path)),
    };
  }
}

/** Undefined where it is gone or cannot be read: the task finds out which, and tells it. */
function stampOfFile(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat && stampOf(stat);
  } catch {
    return undefined;
  }
}

function sizeOfFile(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size;
  } catch {
    return undefined;
  }
}
