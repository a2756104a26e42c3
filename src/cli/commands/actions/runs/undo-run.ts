import { type RunOverview, type UndoneFile, undoRun } from '../../../../engine/run/front-ends/index.ts';
import { err, out } from '../../../output/streams.ts';
import { count } from '../../../output/wording.ts';
import { isToldTo } from '../../../process/ask.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { formerRunThatIsOver } from './former-run.ts';

/** So many files are named before the question. */
const mostNamed = 20;

interface UndoFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * `shoal runs undo ID`: removes the files that a run made, after it has shown them and has been told to.
 * @returns the exit code.
 */
export async function undoFormerRun(id: string, { yes = false, json = false }: UndoFlags): Promise<number> {
  const run = formerRunThatIsOver(id);
  if (json) return removeAll(run, yes, (file) => out.line(JSON.stringify({ type: 'file', ...file })));
  const found = new Found();
  for (const file of undoRun(run, { dryRun: true })) found.add(file);
  out.lines(found.lines());
  if (found.removable === 0) return exitCode.fine;
  if (!yes && !(await isToldTo(`Remove ${filesOf(found.removable)}?`, 'removes the files'))) {
    out.line('Nothing was removed.');
    return exitCode.fine;
  }
  let removed = 0;
  const code = removeAll(run, true, ({ path, fate }) => {
    if (fate === 'removed') removed += 1;
    else if (fate === 'kept') err.line(`kept     ${path}: it cannot be removed`);
  });
  out.line(`${filesOf(removed)} removed.`);
  return code;
}

function removeAll(run: RunOverview, reallyRemove: boolean, tell: (file: UndoneFile) => void): number {
  let kept = 0;
  for (const file of undoRun(run, { dryRun: !reallyRemove })) {
    if (file.fate === 'kept') kept += 1;
    tell(file);
  }
  return kept > 0 ? exitCode.someFailed : exitCode.fine;
}

/** What would become of the files of a run, in a few lines. */
class Found {
  readonly #named: string[] = [];
  readonly #counts = { removed: 0, 'would-remove': 0, gone: 0, changed: 0, kept: 0 };
  #replaced = 0;

  get removable(): number {
    return this.#counts['would-remove'];
  }

  add({ path, fate, replaced }: UndoneFile): void {
    this.#counts[fate] += 1;
    if (fate === 'would-remove' && this.#named.length < mostNamed) this.#named.push(path);
    if (replaced) this.#replaced += 1;
  }

  lines(): string[] {
    const { gone, changed } = this.#counts;
    const further = this.removable - this.#named.length;
    return [
      ...this.#named.map((path) => `remove   ${path}`),
      ...(further > 0 ? [`         and ${filesOf(further)} more`] : []),
      ...(this.removable === 0 ? ['There is no file to remove.'] : []),
      ...(changed > 0 ? [`${filesOf(changed)} changed since, or older than the run: left as they are.`] : []),
      ...(gone > 0 ? [`${filesOf(gone)} gone already.`] : []),
      ...(this.#replaced > 0
        ? [`${filesOf(this.#replaced)} replaced others, which cannot be had back.`]
        : []),
    ];
  }
}

function filesOf(files: number): string {
  return files === 1 ? '1 file' : `${count(files)} files`;
}
