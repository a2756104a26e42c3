import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, UsageError } from '../../shared/failure.ts';
import type { ThumbnailRequest } from '../../shared/requests.ts';
import { thumbnailFolder } from '../../shared/settings/choices.ts';
import { realPath } from '../files/real-path.ts';
import { lstatOf } from '../files/stat-of.ts';
import { OutputRecords } from '../ledger/output-records.ts';
import { settingsOfThumbnails } from '../ledger/settings-of-thumbnails.ts';
import type { PlannedThumbnail } from '../names/plan-thumbnails.ts';
import type { PlannedItem } from '../run/run-items.ts';
import type { RunContext } from '../run/run-options.ts';
import { NamedPictures } from './named-pictures.ts';
import { Originals } from './originals.ts';
import { OutputCheck } from './output-check.ts';
import { OutputFolders, originalsAreIn } from './output-folders.ts';
import type { OutputRoot } from './output-root.ts';
import { RootsOfShard } from './roots-of-shard.ts';
import { type Root, resolveRoots } from './thumbnail-roots.ts';
import { contentsOf } from './walk/content-of-file.ts';
import { countImages, type WalkOptions, walkImages } from './walk/image-folder.ts';

type Planned = PlannedItem<PlannedThumbnail>;
type FileRoot = Extract<Root, { kind: 'file' }>;
type FolderRoot = Extract<Root, { kind: 'folder' }>;

/** How many items are planned in a row before other events are handled: planning itself awaits nothing. */
const chunkSize = 256;
/** How many items are planned before they are counted, if none of them has been worked on. */
const countAfter = 4 * chunkSize;

/**
 * Turns a request into planned items: reads the disk and the ledger, and passes both to the pure planning functions.
 */
export class ThumbnailPlanner {
  /** The outputs that the recipe has made before. */
  readonly records: OutputRecords;
  readonly #request: ThumbnailRequest;
  readonly #options: RunContext;
  readonly #roots: readonly Root[];
  readonly #ofShard: RootsOfShard;
  readonly #folders: OutputFolders;
  readonly originals: Originals;
  /** This run's output folders, by path and by real path: they are not walked. */
  readonly #notWalked: Set<string>;
  /** Output folders, by path, that hold originals as well: nothing is written there. */
  readonly #refused = new Map<string, Failure>();
  readonly #outputs: OutputCheck;
  readonly #pictures: NamedPictures;
  /** Resolves when there is time to count: the first thumbnail waits neither for that nor beside it. */
  readonly #underWay = Promise.withResolvers<void>();

  /** @throws UsageError if there is nothing to read or nowhere to write. */
  constructor(request: ThumbnailRequest, options: RunContext) {
    this.#request = request;
    this.#options = options;
    this.records = new OutputRecords(options.ledger, settingsOfThumbnails(request.recipe));
    this.#pictures = new NamedPictures(request.recipe, options);
    this.#roots = resolveRoots(request, this.#pictures.mayMeet);
    this.#pictures.assertCanBeGiven(options, this.#roots);
    this.#ofShard = new RootsOfShard(options.shard, this.#roots);
    const inputs = this.#roots.filter((root) => root.kind === 'folder').map(({ path }) => realPath(path));
    this.#folders = new OutputFolders(options.ledger, inputs);
    this.originals = new Originals(this.#roots, () => this.#walkOptions());
    this.#outputs = new OutputCheck({
      ...options,
      records: this.records,
      folders: this.#folders,
      originals: this.originals,
      onlyIfSmaller: request.recipe.onlyIfSmaller,
    });
    const outputRoots = this.outputRoots();
    if (!options.dryRun) this.#openOutputRoots(outputRoots);
    this.#notWalked = new Set(outputRoots.map(({ path }) => path));
    for (const thumbs of this.#thumbsByName()) this.#notWalked.add(thumbs);
  }

  /**
   * Counts the items while the run is on: a walk alone is much faster than the work. Starts only once the run is under
   * way, so that the first thumbnail does not wait for the count.
   */
  async countTotal(): Promise<void> {
    const { onTotal, signal, only } = this.#options;
    if (!onTotal) return;
    if (only) {
      // Whoever chose the items may not know how many there are.
      if (Number.isFinite(only.size)) onTotal(only.size, true);
      return;
    }
    await this.#underWay.promise;
    if (signal?.aborted) return;
    let total = this.#roots.filter((root) => root.kind !== 'folder' && this.#ofShard.has(root)).length;
    for (const root of this.#roots) {
      if (root.kind !== 'folder') continue;
      total += await countImages(root.path, this.#walkOptionsOf(root));
      if (signal?.aborted) return;
    }
    onTotal(total, true);
  }

  /** Call when the first thumbnails have been made. */
  underWay(): void {
    this.#underWay.resolve();
  }

  /** Plans folder by folder, so that work starts before the walk ends. */
  async *plan(): AsyncGenerator<readonly Planned[], void> {
    let planned = 0;
    try {
      await this.#settleOutputRoots();
      for await (const chunk of this.#planRoots()) {
        yield chunk;
        planned += chunk.length;
        // So many were taken at once because they need no work.
        if (planned >= countAfter) this.underWay();
      }
    } finally {
      this.underWay();
    }
  }

  async *#planRoots(): AsyncGenerator<readonly Planned[], void> {
    const files = this.#roots.filter((root): root is FileRoot => root.kind === 'file');
    for (const root of this.#roots) {
      if (root.kind === 'folder') yield* this.#planRoot(root);
      if (root.kind !== 'missing' && root.kind !== 'other') continue;
      if (this.#ofShard.has(root)) yield this.#failed(root.path, root.error);
      // It is an item of another shard, but may be missing on this machine alone.
      else this.#options.onWarning?.(root.error.message);
    }
    for (const group of Map.groupBy(files, (root) => root.output.path).values()) {
      const { output } = group[0] as FileRoot;
      const given = group.map(({ path }) => path);
      const contents = await contentsOf(given);
      const pieces = this.#pictures.ofFiles({ files: given, outputFolder: output.path, contents });
      for await (const planned of pieces) yield* this.#check(planned, output, '', this.#ofShard);
    }
  }

  /** Removes empty folders, unless another shard may be about to write there. Call when the run has ended. */
  close(): void {
    if (!this.#options.shard) this.#folders.removeEmpty();
  }

  async *#planRoot(root: FolderRoot): AsyncGenerator<readonly Planned[], void> {
    let found = false;
    const { onPassedOver } = this.#options;
    const onUnread =
      onPassedOver && ((input: string, what: string) => onPassedOver({ why: 'unread', what, input }));
    for await (const event of walkImages(root.path, { ...this.#walkOptionsOf(root), onUnread })) {
      if (event.kind !== 'warning') found = true;
      switch (event.kind) {
        case 'failed':
          yield this.#failed(event.path, event.error);
          break;
        case 'warning':
          this.#options.onWarning?.(event.message);
          break;
        case 'folder': {
          const { names, contents, folder: below } = event;
          const folder = join(root.path, below);
          const outputFolder = root.output.path;
          const pieces = this.#pictures.ofFolder({ folder, below, outputFolder, names, contents });
          for await (const planned of pieces) yield* this.#check(planned, root.output, below);
        }
      }
    }
    const { onWarning, signal } = this.#options;
    if (signal?.aborted) return;
    if (!found) onWarning?.(this.#nothingFound(root.path));
    const passedOver = this.#passedOverByName(root.path);
    if (passedOver !== undefined) onWarning?.(passedOver);
  }

  #failed(input: string, error: Failure): readonly Planned[] {
    return this.#isWanted(input) ? [failed(input, error)] : [];
  }

  #isWanted(input: string): boolean {
    return this.#options.only?.has(input) ?? true;
  }

  async *#check(
    planned: Iterable<PlannedThumbnail>,
    root: OutputRoot,
    below: string,
    ofShard?: RootsOfShard,
  ): AsyncGenerator<readonly Planned[], void> {
    const refused = this.#refused.get(root.path);
    if (!this.#options.dryRun && !refused && !this.#pictures.hasFolders) this.#folders.sweep(root, below);
    let chunk: Planned[] = [];
    for (const item of planned) {
      // Left out only now, because an output's name depends on all names in its folder.
      if (!this.#isWanted(item.input) || ofShard?.has({ path: item.input }) === false) continue;
      const checked = refused ? failed(item.input, refused) : this.#outputs.check(item, root, below);
      // Most checks are synchronous: awaiting them would cost a turn of the microtask queue for each.
      chunk.push(checked instanceof Promise ? await checked : checked);
      if (chunk.length < chunkSize) continue;
      yield chunk;
      chunk = [];
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (chunk.length > 0) yield chunk;
  }

  #nothingFound(folder: string): string {
    const { match } = this.#request;
    const { shard } = this.#options;
    const which = match === undefined ? '' : ` that match ${match}`;
    // Another one may have them.
    return shard
      ? `Shard ${shard.title} has no images${which} in ${folder}.`
      : `No images${which} found in ${folder}.`;
  }

  /** Where the outputs go. */
  outputRoots(): OutputRoot[] {
    const roots = this.#roots.flatMap((root) => ('output' in root ? [root.output] : []));
    return [...new Map(roots.map((root) => [root.path, root])).values()];
  }

  #openOutputRoots(outputRoots: readonly OutputRoot[]): void {
    const opened = outputRoots.map((root) => this.#folders.open(root, ''));
    const failures = opened.flatMap((folder) => (folder.kind === 'failed' ? [folder.error] : []));
    if (opened.length > 0 && failures.length === opened.length) {
      throw new UsageError(failures.map(({ message }) => message));
    }
  }

  /**
   * A folder that a person names as the output folder is not walked, whatever is in it. But if a symlink leads to
   * originals, the folder counts as theirs: it is walked, and nothing is written there.
   */
  async #settleOutputRoots(): Promise<void> {
    const doubtful: OutputRoot[] = [];
    for (const root of this.outputRoots()) {
      if (this.#mayHoldOriginals(root)) doubtful.push(root);
      else this.#notWalked.add(root.real);
    }
    const taken = await this.originals.among(doubtful.map(({ real }) => real));
    for (const { path, real } of doubtful) {
      if (taken.has(real)) this.#refused.set(path, originalsAreIn(path));
      else this.#notWalked.add(real);
    }
  }

  /**
   * The default output folders count as Shoal's own by their name, wherever this run's outputs go: else a run with another
   * output folder would make thumbnails of thumbnails, where no ledger knows of them (another machine's, a lost one).
   */
  *#thumbsByName(): Generator<string, void> {
    for (const { kind, path } of this.#roots) {
      const thumbs = join(path, thumbnailFolder);
      if (kind === 'folder' && lstatOf(thumbs)?.isDirectory()) yield thumbs;
    }
  }

  /** The warning about such a folder, unless it is this run's output folder, or one that the ledger knows. */
  #passedOverByName(folder: string): string | undefined {
    const thumbs = join(folder, thumbnailFolder);
    const { ledger } = this.#options;
    if (!this.#request.recursive || !this.#notWalked.has(thumbs) || ledger?.isOutputFolder(thumbs))
      return undefined;
    if (this.#roots.some((root) => root.path === thumbs || ('output' in root && root.output.path === thumbs)))
      return undefined;
    return `${thumbs} counts as thumbnails made before, by its name, and was passed over: give it itself if it is meant.`;
  }

  #mayHoldOriginals(root: OutputRoot): boolean {
    if (!root.linked || this.#folders.isKnown(root, root.path, root.real)) return false;
    try {
      return readdirSync(root.real).length > 0;
    } catch {
      return false;
    }
  }

  #walkOptionsOf(root: FolderRoot): WalkOptions {
    return { ...this.#walkOptions(), takesFrom: (below) => this.#ofShard.takesFrom(root, below) };
  }

  #walkOptions(): WalkOptions {
    const { recursive, match, exclude } = this.#request;
    const { ledger, signal } = this.#options;
    return {
      recursive,
      match,
      exclude,
      signal,
      setFiles: this.#options.ledger?.setFiles(),
      isOutputFolder: (folder) => this.#notWalked.has(folder) || (ledger?.isOutputFolder(folder) ?? false),
    };
  }
}

function failed(input: string, error: Failure): Planned {
  return { kind: 'failed', input, error };
}
