import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { RunOptions, Summary } from '../../engine/index.ts';

/** Of more items it is not told whether they are the same as before: some of them will be new. */
const mostMarked = 1_000;

/** What a run would do now. */
export interface ToDo {
  readonly count: number;
  /** Tells these items, as they are now, from others. */
  readonly mark: string | undefined;
}

/** Finds out what a run would do, by a dry run of the engine: it leaves no trace. */
export async function whatIsToDo(
  run: (options: RunOptions) => Promise<Summary>,
  signal: AbortSignal,
): Promise<ToDo> {
  const inputs: string[] = [];
  let count = 0;
  await run({
    dryRun: true,
    poolSize: 1,
    signal,
    onResult: ({ input, status, reason }) => {
      if (status === 'skipped' && reason !== 'dry-run') return;
      count += 1;
      if (count <= mostMarked) inputs.push(input);
    },
    // What is to be removed is there itself: nothing but its removal makes it another one.
    onRemoved: ({ output }) => {
      count += 1;
      if (count <= mostMarked) inputs.push(output);
    },
  });
  return { count, mark: count > mostMarked ? undefined : await markOf(inputs) };
}

/** Tells files, as they are now, from others. Undefined of none, and of very many. */
export async function markOf(inputs: Iterable<string>): Promise<string | undefined> {
  const lines: string[] = [];
  for (const input of inputs) {
    if (lines.length === mostMarked) return undefined;
    const found = await stat(input).catch(() => undefined);
    lines.push(JSON.stringify([input, found?.size, found?.mtimeMs]));
  }
  return lines.length === 0 ? undefined : createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
