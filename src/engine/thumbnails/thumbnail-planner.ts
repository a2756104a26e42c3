import { join } from 'node:path';
import { type Failure, UsageError } from '../../shared/failure.ts';
import type { ThumbnailRequest } from '../../shared/requests.ts';
import { thumbnailFolder } from '../../shared/settings/choices.ts';
import { realPath } from '../files/real-path.ts';
import { OutputRecords } from '../ledger/output-records.ts';
import { settingsOfThumbnails } from '../ledger/settings-of-thumbnails.ts';
import type { PlannedThumbnail } from '../names/plan-thumbnails.ts';
import type { PlannedItem } from '../run/run-items.ts';
import type { RunContext } from '../run/run-options.ts';
import { NamedPictures } from './facts/named-pictures.ts';
import type { ListedPaths } from './listed/listed-paths.ts';
import { planListed } from './listed/plan-listed.ts';
import { nothingFound } from './nothing-found.ts';
import { Originals } from './originals.ts';
import { OutputCheck } from './output-check.ts';
import { OutputFolders, originalsAreIn } from './output-folders.ts';
import { namedOutputRoot, type OutputRoot } from './roots/output-root.ts';
import { RootsOfShard } from './roots/roots-of-shard.ts';
import { type Root, resolveRoots, type WalkedRoot } from './roots/thumbnail-roots.ts';
import { passedOverByName, thumbsByName } from './roots/thumbs-by-name.ts';
import { settleOutputRoots } from './settle-output-roots.ts';
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
  readonly walked: WalkedRoot[] = [];
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
  readonly #listed: ListedPaths | undefined;
  /** Resolves when there is time to count: the first thumbnail waits neither for that nor beside it. */
  readonly #underWay = Promise.withResolvers<void>();

  /**
   * @param listed the paths of the request's list.
   * @throws UsageError if there is nothing to read or nowhere to write.
   */
  constructor(request: ThumbnailRequest, options: RunContext, listed?: ListedPaths) {
    this.#request = request;
    this.#listed = listed;
    this.#options = options;
    this.records = new OutputRecords(options.ledger, settingsOfThumbnails(request.recipe));
    this.#pictures = new NamedPictures(request.recipe, options);
    this.#roots = resolveRoots(request, this.#pictures.mayMeet);
    this.#pictures.assertCanBeGiven(options, this.#roots);
    this.#ofShard = new RootsOfShard(options.shard, this.#roots);
    const inputs = this.#roots.filter((root) => root.kind === 'folder').map(({ path }) => realPath(path));
    this.#folders = new OutputFolders(options.ledger, inputs);
    this.originals = new Originals(
      this.#roots,
      () => this.#walkOptions(),
      (identity) => listed?.hasIdentity(identity) ?? false,
    );
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
    for (const thumbs of thumbsByName(this.#roots)) this.#notWalked.add(thumbs);
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
    // Which of them a shard has is known only once each has been looked at.
    total += this.#options.shard ? 0 : (this.#listed?.count ?? 0);
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
      const settled = await settleOutputRoots(this.outputRoots(), this.#folders, this.originals);
      for (const { path } of settled.refused) this.#refused.set(path, originalsAreIn(path));
      for (const { real } of settled.notWalked) this.#notWalked.add(real);
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
    if (this.#listed) yield* this.#planListed(this.#listed);
  }

  async *#planListed(listed: ListedPaths): AsyncGenerator<readonly Planned[], void> {
    for await (const piece of planListed(listed, this.#request, this.#pictures)) {
      const { failed, pieces, output, isFirst } = piece;
      for (const [path, error] of failed) if (this.#ofShard.has({ path })) yield this.#failed(path, error);
      if (!output) continue;
      let isBegun = !isFirst;
      for await (const planned of pieces) {
        const taken = [...planned].filter(({ input }) => !failed.has(input));
        yield* this.#check(taken, output, '', this.#ofShard, !isBegun);
        isBegun = true;
      }
    }
  }

  /** Removes empty folders, unless another shard may be about to write there. Call when the run has ended. */
  close(): void {
    if (!this.#options.shard) this.#folders.removeEmpty();
  }

  async *#planRoot(root: FolderRoot): AsyncGenerator<readonly Planned[], void> {
    let found = false;
    let isWhole = true;
    let isEmpty = true;
    const { onPassedOver } = this.#options;
    const onUnread =
      onPassedOver && ((input: string, what: string) => onPassedOver({ why: 'unread', what, input }));
    for await (const event of walkImages(root.path, { ...this.#walkOptionsOf(root), onUnread })) {
      if (event.kind !== 'warning') found = true;
      switch (event.kind) {
        case 'failed':
          // What no path leads to has no thumbnails.
          if (event.error.code !== 'NAME_NOT_UTF8') isWhole = false;
          yield this.#failed(event.path, event.error);
          break;
        case 'warning':
          this.#options.onWarning?.(event.message);
          break;
        case 'folder': {
          isEmpty = false;
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
    this.walked.push({ root, isWhole, isEmpty });
    if (!found) onWarning?.(nothingFound(root.path, this.#request, this.#options.shard));
    const thumbs = join(root.path, thumbnailFolder);
    const isPassedOver = this.#request.recursive && this.#notWalked.has(thumbs);
    const passedOver = isPassedOver ? passedOverByName(thumbs, this.#roots, this.#options.ledger) : undefined;
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
    isFirst = true,
  ): AsyncGenerator<readonly Planned[], void> {
    const refused = this.#refused.get(root.path);
    const isSwept = isFirst && !this.#options.dryRun && !refused && !this.#pictures.hasFolders;
    if (isSwept) this.#folders.sweep(root, below);
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

  /** Where the outputs go. */
  outputRoots(): OutputRoot[] {
    const roots = this.#roots.flatMap((root) => ('output' in root ? [root.output] : []));
    const { outputFolder } = this.#request;
    if (this.#listed && outputFolder !== undefined) roots.push(namedOutputRoot(outputFolder));
    return [...new Map(roots.map((root) => [root.path, root])).values()];
  }

  #openOutputRoots(outputRoots: readonly OutputRoot[]): void {
    const opened = outputRoots.map((root) => this.#folders.open(root, ''));
    const failures = opened.flatMap((folder) => (folder.kind === 'failed' ? [folder.error] : []));
    if (opened.length > 0 && failures.length === opened.length) {
      throw new UsageError(failures.map(({ message }) => message));
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
