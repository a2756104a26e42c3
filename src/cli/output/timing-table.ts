import type { Timing } from '../../engine/index.ts';
import { duration, rate } from './wording.ts';

/** The width that the table needs with its lines and the curve, in characters. */
const fullWidth = 78;
/** A narrower terminal has no room for the time, which the rate tells as well. */
const leastWidthWithTime = 56;
/** The length of the fastest size's bar. */
const barLength = 16;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The timings as a table that fits the terminal, with the curve beside it where there is room. */
export async function timingTable(
  timings: readonly Timing[],
  knee: Timing | undefined,
  columns: number,
): Promise<string> {
  // Loaded here: the other commands have no use for it.
  const { default: Table } = await import('cli-table3');
  const isFull = columns >= fullWidth;
  const fastest = Math.max(...timings.map(({ perSecond }) => perSecond));
  const hasTime = columns >= leastWidthWithTime;
  const right = Array.from({ length: hasTime ? 4 : 3 }, () => 'right' as const);
  const table = new Table({
    head: isFull
      ? ['pool size', 'seconds', 'items/s', 'speed-up', '', '']
      : ['pool', ...(hasTime ? ['time'] : []), 'rate', 'gain', ''],
    colAligns: [...right, 'left', 'left'],
    style: { head: [], border: [], ...(!isFull && { 'padding-left': 0, 'padding-right': 1 }) },
    chars: isFull ? linesUnderTheHead : noLines,
  });
  for (const timing of timings) {
    const { poolSize, seconds, perSecond, speedUp, failed } = timing;
    const gain = `${speedUp.toFixed(2)}×`;
    const remark = [timing === knee ? '← knee' : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean);
    const told = remark.join(', ');
    if (isFull)
      table.push([
        poolSize,
        seconds.toFixed(2),
        rate(perSecond),
        gain,
        bar(fastest > 0 ? perSecond / fastest : 0),
        told,
      ]);
    else table.push([poolSize, ...(hasTime ? [duration(seconds)] : []), rate(perSecond), gain, told]);
  }
  const lines = table.toString().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** A line under the head and none between the rows. */
const linesUnderTheHead = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
const noLines = Object.fromEntries(
  ['top', 'bottom', 'mid', 'left', 'right', 'middle'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((end) => [`${side}${end}`, '']),
  ),
);

/** @param share between 0 and 1. */
function bar(share: number): string {
  const length = Math.round(share * barLength * 8);
  return '█'.repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? '');
}
