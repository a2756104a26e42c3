import { type RunOverview, undoRun } from '../../engine/run/front-ends/index.ts';
import type { Undo } from '../../shared/ipc/history.ts';
import { inSlices } from './in-slices.ts';
import { shortName } from './list-history.ts';

/** So many files are named before the question. */
const mostNamed = 200;

/** Removes the files that a run made and that nobody has changed since, or tells which those are. */
export async function undoFormer(run: RunOverview, { dryRun }: { readonly dryRun: boolean }): Promise<Undo> {
  const counts = { removed: 0, 'would-remove': 0, gone: 0, changed: 0, kept: 0 };
  const names: string[] = [];
  let replaced = 0;
  for await (const file of inSlices(undoRun(run, { dryRun }))) {
    counts[file.fate] += 1;
    if (file.fate !== 'would-remove' && file.fate !== 'removed') continue;
    if (file.replaced) replaced += 1;
    if (names.length < mostNamed) names.push(shortName(file.path));
  }
  const { 'would-remove': removable, removed, gone, changed, kept } = counts;
  return { removable, removed, gone, changed, kept, replaced, names };
}
