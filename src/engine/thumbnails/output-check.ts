import type { Failure } from '../../shared/failure.ts';
import { alreadyThere } from '../files/already-there.ts';
import { lstatOf } from '../files/stat-of.ts';
import type { OutputRecords } from '../ledger/output-records.ts';
import type { PlannedThumbnail } from '../names/plan-thumbnails.ts';
import type { PlannedItem } from '../run/run-items.ts';
import type { RunContext } from '../run/run-options.ts';
import type { Originals } from './originals.ts';
import type { OutputFolder, OutputFolders } from './output-folders.ts';
import type { OutputRoot } from './roots/output-root.ts';

type Planned = PlannedItem<PlannedThumbnail>;

export interface OutputCheckOptions extends Pick<RunContext, 'ledger' | 'force' | 'forceOnly' | 'dryRun'> {
  /** The outputs that the recipe has made before. */
  readonly records: OutputRecords;
  readonly folders: OutputFolders;
  readonly originals: Originals;
  /** Whether outputs may have been left out. */
  readonly onlyIfSmaller: boolean;
}

/** Decides for each image whether its thumbnails exist already, and whether they may be written. */
export class OutputCheck {
  readonly #options: OutputCheckOptions;

  constructor(options: OutputCheckOptions) {
    this.#options = options;
  }

  /**
   * Answers synchronously, unless an unknown file is in an output's place.
   * @param below the output folder's path below the root, unless the outputs have folders of their own.
   */
  check(item: PlannedThumbnail, root: OutputRoot, below: string): Planned | Promise<Planned> {
    const { input, outputs } = item;
    const { folders, records, dryRun = false } = this.#options;
    const own = item.folders && [...new Set(item.folders)];
    if (own && !dryRun) for (const each of own) folders.sweep(root, each);
    const isFresh = own?.some((each) => folders.isFresh(root, each)) ?? folders.isFresh(root, below);
    // Of many images that are new, neither the ledger nor the disk is asked about each one.
    if (!isFresh && !this.#isForced(input) && records.areUpToDate(outputs, input))
      return this.#upToDate(input, outputs);
    const open = (each: string) => (dryRun ? folders.look(root, each) : folders.open(root, each));
    const folder = own ? together(own.map(open)) : open(below);
    if (folder.kind === 'failed') return { kind: 'failed', input, error: folder.error };
    const unknown = folder.fresh ? [] : outputs.filter((path) => this.#isUnknown(path, input));
    if (unknown.length === 0) return this.#workOn(item, folder.fresh);
    return this.#checkUnknown(item, unknown, root, folder);
  }

  #isForced(input: string): boolean {
    const { force = false, forceOnly } = this.#options;
    return force && (forceOnly?.has(input) ?? true);
  }

  #upToDate(input: string, outputs: readonly string[]): Planned {
    const { records, onlyIfSmaller } = this.#options;
    const output = onlyIfSmaller ? records.firstWritten(outputs) : outputs[0];
    if (output === undefined) return { kind: 'skipped', input, reason: 'not-smaller' };
    return { kind: 'skipped', input, output, outputs, reason: 'unchanged' };
  }

  /** Whether there is something other than an output that the ledger says was made from this input. */
  #isUnknown(output: string, input: string): boolean {
    const there = lstatOf(output);
    if (!there) return false;
    const entry = this.#options.ledger?.byOutput(output);
    return !(entry?.input === input && there.isFile() && there.nlink === 1 && there.size === entry.bytes);
  }

  async #checkUnknown(
    item: PlannedThumbnail,
    unknown: readonly string[],
    root: OutputRoot,
    { own }: Extract<OutputFolder, { kind: 'ready' }>,
  ): Promise<Planned> {
    const { input, outputs } = item;
    const { originals, dryRun = false } = this.#options;
    for (const output of unknown) {
      if (await originals.has(output)) return { kind: 'failed', input, error: isOriginal(output) };
    }
    const foreign =
      own || this.#isForced(input) ? [] : unknown.filter((output) => this.#isSomebodyElses(output, root));
    const [first] = foreign;
    if (first === undefined) return this.#workOn(item, false);
    // Only the finished thumbnail could prove that the existing file is the same.
    if (dryRun) return { kind: 'failed', input, error: alreadyThere(first).toFailure() };
    return { kind: 'work', input, output: outputs[0] ?? '', work: { ...item, foreign } };
  }

  /** @param fresh whether nothing can be in the places of its outputs. */
  #workOn(item: PlannedThumbnail, fresh: boolean): Planned {
    const { input, outputs } = item;
    const work = { kind: 'work', input, output: outputs[0] ?? '', work: item } as const;
    const { dryRun, records } = this.#options;
    const replaces = dryRun && !fresh ? records.whatIsThere(outputs) : undefined;
    return replaces === undefined ? work : { ...work, replaces };
  }

  /** If the folder is a symlink, it may lead elsewhere by now: then the file must also have the recorded size. */
  #isSomebodyElses(output: string, { linked }: OutputRoot): boolean {
    const entry = this.#options.ledger?.byOutput(output);
    return !entry || (linked && lstatOf(output)?.size !== entry.bytes);
  }
}

/** Several folders as one: a file that nobody knows counts as somebody else's unless all of them are Shoal's own. */
function together(folders: readonly OutputFolder[]): OutputFolder {
  const all = folders.filter((folder) => folder.kind === 'ready');
  const failed = folders.find((folder) => folder.kind === 'failed');
  return (
    failed ?? { kind: 'ready', own: all.every(({ own }) => own), fresh: all.every(({ fresh }) => fresh) }
  );
}

function isOriginal(output: string): Failure {
  return { code: 'OUTPUT_IS_INPUT', message: `${output} is one of the originals: it is not replaced.` };
}
