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

export interface OutputCheckOptions extends Pick<RunContext, 'ledger' | 'force' | 'dryRun'> {
  /** The outputs that the recipe has made before. */
  readonly records: OutputRecords;
  readonly folders: OutputFolders;
  readonly originals: Originals;
}

/** Decides for each image whether its thumbnails exist already, and whether they may be written. */
export class OutputCheck {
  readonly #options: OutputCheckOptions;

  constructor(options: OutputCheckOptions) {
    this.#options = options;
  }

  /**
   * Answers synchronously, unless an unknown file is in an output's place.
   * @param below the output folder's path below the root.
   */
  check(item: PlannedThumbnail, root: OutputRoot, below: string): Planned | Promise<Planned> {
    const { input, outputs } = item;
    const output = outputs[0] ?? '';
    const { folders, records, force = false, dryRun = false } = this.#options;
    // Of many images that are new, neither the ledger nor the disk is asked about each one.
    if (!force && !folders.isFresh(root, below) && records.areUpToDate(outputs, input))
      return { kind: 'skipped', input, output, reason: 'unchanged' };
    const folder = dryRun ? folders.look(root, below) : folders.open(root, below);
    if (folder.kind === 'failed') return { kind: 'failed', input, error: folder.error };
    const unknown = folder.fresh ? [] : outputs.filter((path) => this.#isUnknown(path, input));
    if (unknown.length === 0) return this.#workOn(item, folder.fresh);
    return this.#checkUnknown(item, unknown, root, folder);
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
    const { originals, force = false, dryRun = false } = this.#options;
    for (const output of unknown) {
      if (await originals.has(output)) return { kind: 'failed', input, error: isOriginal(output) };
    }
    const foreign = own || force ? [] : unknown.filter((output) => this.#isSomebodyElses(output, root));
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

function isOriginal(output: string): Failure {
  return { code: 'OUTPUT_IS_INPUT', message: `${output} is one of the originals: it is not replaced.` };
}
