import { spawn } from 'node:child_process';
import { type ProcessUsage, watchMemory } from './process-memory.ts';

/** One program under comparison. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How many items it is given, where that is not what the others are given: too slow for all of them. */
  readonly items?: number;
  /** Puts everything back to where it was before the first run. Not timed. */
  readonly prepare?: () => void | Promise<void>;
  /** Throws when the run did not do what it should have: a fast failure is not fast. */
  readonly verify?: () => void | Promise<void>;
}

interface Measurement {
  readonly wall: number;
  readonly cpu: number;
  readonly peakMiB: number | undefined;
}

export interface Row extends Measurement {
  readonly name: string;
  readonly perSecond: number;
  /** Items a second, relative to the first contender. */
  readonly ratio: number;
}

/**
 * Runs the contenders in turn, round after round, so that what else the machine does falls on all of them alike,
 * and takes medians. One round beforehand is not counted.
 */
export async function compare(
  contenders: readonly Contender[],
  items: number,
  rounds: number,
): Promise<Row[]> {
  const runs = new Map<string, Measurement[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      await contender.prepare?.();
      const measurement = await measure(contender);
      await contender.verify?.();
      if (round > 0) runs.get(contender.name)?.push(measurement);
      process.stderr.write(
        `\r${round}/${rounds} ${contender.name} ${measurement.wall.toFixed(2)} s          `,
      );
    }
  }
  process.stderr.write('\r\u001b[K');
  const medians = contenders.map(({ name, items: own = items }) => {
    const measurement = medianOf(runs.get(name) ?? []);
    return { name, ...measurement, perSecond: own / measurement.wall };
  });
  const first = medians[0]?.perSecond ?? 1;
  return medians.map((row) => ({ ...row, ratio: row.perSecond / first }));
}

/** A Markdown table, the first contender being 1.00. */
export function ratioTable(rows: readonly Row[], unit: string): string {
  const lines = rows.map(({ name, wall, perSecond, cpu, peakMiB, ratio }) =>
    [
      name,
      wall.toFixed(2),
      Math.round(perSecond),
      cpu.toFixed(2),
      peakMiB?.toFixed(0) ?? '–',
      ratio.toFixed(2),
    ].join(' | '),
  );
  const head = ['contender', 'seconds', `${unit}/s`, 'CPU s', 'peak MiB', `× ${rows[0]?.name ?? ''}`].join(
    ' | ',
  );
  return [`| ${head} |`, '|---|---:|---:|---:|---:|---:|', ...lines.map((line) => `| ${line} |`)].join('\n');
}

/** Wall seconds, CPU seconds (user and system, of all its processes) and peak memory of one command. */
async function measure({ name, command, args, env }: Contender): Promise<Measurement> {
  // bash's own `time` adds up the processor time of all the children that were waited for.
  const script = 'TIMEFORMAT="@ %R %U %S"; time "$@"';
  const child = spawn('bash', ['-c', script, 'bash', command, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const memory: ProcessUsage = watchMemory(child.pid ?? 0);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const peakMiB = memory.stop();
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${errors}`);
  const [, wall, user, system] = /@ ([\d.]+) ([\d.]+) ([\d.]+)/.exec(errors) ?? [];
  return { wall: Number(wall), cpu: Number(user) + Number(system), peakMiB };
}

function medianOf(measurements: readonly Measurement[]): Measurement {
  const memory = measurements.flatMap(({ peakMiB }) => peakMiB ?? []);
  return {
    wall: median(measurements.map(({ wall }) => wall)),
    cpu: median(measurements.map(({ cpu }) => cpu)),
    peakMiB: memory.length > 0 ? median(memory) : undefined,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
