import type { Timing } from '../../engine/index.ts';
import { duration, rate } from '../output/wording.ts';

/** The length of the fastest size's bar. */
const barLength = 16;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The timings as the most telling table that fits the terminal: with the curve beside it, without, and without the time. */
export async function timingTable(
  timings: readonly Timing[],
  knee: Timing | undefined,
  columns: number,
): Promise<string> {
  // Loaded here: the other commands have no use for it.
  const { default: Table } = await import('cli-table3');
  const drawn = kinds.map(({ head, cells, chars, ...style }) => {
    const aligned = head.map((_cell, at) => (at < head.length - remarks(head) ? 'right' : 'left'));
    const table = new Table({
      head: [...head],
      colAligns: aligned,
      style: { head: [], border: [], ...style },
      chars,
    });
    const fastest = Math.max(...timings.map(({ perSecond }) => perSecond));
    for (const timing of timings) table.push([...cells(timing, fastest), remarkOn(timing, knee)]);
    const lines = table.toString().split('\n');
    return lines.map((line) => line.trimEnd());
  });
  const fitting = drawn.find((lines) => lines.every((line) => line.length <= columns));
  return (fitting ?? drawn.at(-1) ?? []).join('\n');
}

const remarks = (head: readonly string[]): number => head.filter((cell) => cell === '').length;

function remarkOn(timing: Timing, knee: Timing | undefined): string {
  const { failed } = timing;
  return [timing === knee ? '← knee' : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean).join(', ');
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

const gain = ({ speedUp }: Timing): string => `${speedUp.toFixed(2)}×`;

interface Kind {
  /** A column without a heading is on the left. */
  readonly head: readonly string[];
  readonly cells: (timing: Timing, fastest: number) => (string | number)[];
  readonly chars: Record<string, string>;
  readonly 'padding-left'?: number;
  readonly 'padding-right'?: number;
}

const bare = { chars: noLines, 'padding-left': 0, 'padding-right': 1 } as const;

const kinds: readonly Kind[] = [
  {
    head: ['pool size', 'seconds', 'items/s', 'speed-up', '', ''],
    cells: (timing, fastest) => [
      timing.poolSize,
      timing.seconds.toFixed(2),
      rate(timing.perSecond),
      gain(timing),
      bar(fastest > 0 ? timing.perSecond / fastest : 0),
    ],
    chars: linesUnderTheHead,
  },
  {
    head: ['pool', 'time', 'rate', 'gain', ''],
    cells: (timing) => [timing.poolSize, duration(timing.seconds), rate(timing.perSecond), gain(timing)],
    ...bare,
  },
  {
    head: ['pool', 'rate', 'gain', ''],
    cells: (timing) => [timing.poolSize, rate(timing.perSecond), gain(timing)],
    ...bare,
  },
];
