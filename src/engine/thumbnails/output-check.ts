import type { Failure } from '../../shared/failure.ts';
import { alreadyThere } from '../files/already-there.ts';
import { lstatOf } from '../files/stat-of.ts';
import type { OutputRecords } from '../ledger/output-records.ts';
import type { PlannedThumbnail } from '../names/plan-thumbnails.ts';
import type { PlannedItem } from '../run/run-items.ts';
import type { RunContext } from '../run/run-options.ts';
import type { Originals } from './originals.ts';
import type { OutputFolder, OutputFolders } from './output-folders.ts';
import type { OutputRoot } from './output-root.ts';

type Planned = PlannedItem<PlannedThumbnail>;

export interface OutputCheckOptions extends Pick<RunContext, 'ledger' | 'force' | 'dryRun'> {
  /** What the recipe has made before. */
  readonly records: OutputRecords;
  readonly folders: OutputFolders;
  readonly originals: Originals;
}

/** Decides of each image whether its thumbnails are there already, and whether they may be written where they go. */
export class OutputCheck {
  readonly #options: OutputCheckOptions;

  constructor(options: OutputCheckOptions) {
    this.#options = options;
  }

  /**
   * At once, but where something is in an output's place that is not known.
   * @param below the output folder's path below the root.
   */
  check(item: PlannedThumbnail, root: OutputRoot, below: string): Planned | Promise<Planned> {
    const { input, outputs } = item;
    const output = outputs[0] ?? '';
    const { folders, records, force = false, dryRun = false } = this.#options;
    if (!force && records.areUpToDate(outputs, input))
      return { kind: 'skipped', input, output, reason: 'unchanged' };
    const folder = dryRun ? folders.look(root, below) : folders.open(root, below);
    if (folder.kind === 'failed') return { kind: 'failed', input, error: folder.error };
    const unknown = folder.fresh ? [] : outputs.filter((path) => this.#isUnknown(path, input));
    if (unknown.length === 0) return { kind: 'work', input, output, work: item };
    return this.#checkUnknown(item, unknown, root, folder);
  }

  /** Whether something is there, other than what the ledger tells was made from this input. */
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
    const output = outputs[0] ?? '';
    if (first === undefined) return { kind: 'work', input, output, work: item };
    // Only the thumbnail itself could show that the file that is there is the same.
    if (dryRun) return { kind: 'failed', input, error: alreadyThere(first).toFailure() };
    return { kind: 'work', input, output, work: { ...item, foreign } };
  }

  /** A symlink may lead to another folder now than when the ledger was told: there the file itself has to fit. */
  #isSomebodyElses(output: string, { linked }: OutputRoot): boolean {
    const entry = this.#options.ledger?.byOutput(output);
    return !entry || (linked && lstatOf(output)?.size !== entry.bytes);
  }
}

function isOriginal(output: string): Failure {
  return { code: 'OUTPUT_IS_INPUT', message: `${output} is one of the originals: it is not replaced.` };
}
