import type { FormerRun } from '../../../shared/ipc/history.ts';
import { dayWords } from '../../lib/run-words.ts';

type Line =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | { readonly kind: 'run'; readonly key: string; readonly run: FormerRun };

/** The runs with a line for each day before its first. */
export function linesOf(runs: readonly FormerRun[], now: number): Line[] {
  const lines: Line[] = [];
  let before = '';
  for (const run of runs) {
    const day = dayWords(run.startedAt, now);
    if (day !== before) lines.push({ kind: 'day', key: `day ${day}`, day });
    before = day;
    lines.push({ kind: 'run', key: run.id, run });
  }
  return lines;
}
