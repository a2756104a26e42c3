import { type Box, type Engine, findKnee, type Timing, tune, UsageError } from '../../../engine/index.ts';
import { thumbnailRequestSchema } from '../../../shared/requests.ts';
import { checked } from '../../flags/checked.ts';
import { err, out } from '../../output/streams.ts';
import { duration, rate } from '../../output/wording.ts';
import { codeOfInterruption, exitCode } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';
import { type FetchFlags, requestOf } from './fetch.ts';

interface TuneFlags {
  readonly sizes: number[];
  readonly json?: boolean;
}

export interface TuneThumbsFlags extends TuneFlags {
  readonly size?: readonly Box[];
}

export type TuneFetchFlags = TuneFlags & FetchFlags;

/**
 * `shoal tune thumbs`.
 * @returns the exit code.
 */
export function tuneThumbs(
  paths: readonly string[],
  flags: TuneThumbsFlags,
  engine: Engine,
): Promise<number> {
  const signal = interruptSignal();
  return runTune(flags, signal, true, (poolSize, outputFolder) => {
    const [box, ...furtherBoxes] = flags.size ?? [];
    const recipe = { box, furtherBoxes };
    const request = checked(thumbnailRequestSchema, {
      kind: 'thumbnails',
      paths: [...paths],
      recipe,
      outputFolder,
    });
    return engine.time(request, { poolSize, signal });
  });
}

/**
 * `shoal tune fetch`.
 * @returns the exit code.
 */
export async function tuneFetch(
  inputs: readonly string[],
  flags: TuneFetchFlags,
  engine: Engine,
): Promise<number> {
  if (inputs.includes('-')) {
    throw new UsageError('Standard input can be read only once: tune from a list file.');
  }
  const signal = interruptSignal();
  const request = await requestOf(inputs, flags);
  const code = await runTune(flags, signal, false, (poolSize, outputFolder) =>
    engine.time({ ...request, outputFolder }, { poolSize, signal }),
  );
  if (!flags.json && code === exitCode.fine && flags.perHost < Math.max(...flags.sizes)) {
    out.line(`At most ${flags.perHost} requests went to one host at once; --per-host changes that.`);
  }
  return code;
}

async function runTune(
  flags: TuneFlags,
  signal: AbortSignal,
  warmUp: boolean,
  runOnce: Parameters<typeof tune>[0]['runOnce'],
): Promise<number> {
  const live = err.isTerminal && !flags.json ? await err.liveLine() : undefined;
  const timed: string[] = [];
  live?.draw(warmUp ? 'Warming up …' : 'Timing …');
  const onTiming = (timing: Timing): void => {
    if (flags.json) out.line(JSON.stringify({ type: 'timing', ...timing }));
    timed.push(`pool ${timing.poolSize}: ${duration(timing.seconds)}`);
    live?.draw(`${timed.join(' · ')} …`);
  };
  const timings = await tune({ sizes: flags.sizes, runOnce, warmUp, signal, onTiming });
  live?.clear();
  if (signal.aborted) {
    if (!flags.json) out.text(await interruptedTable(timings, flags.sizes.length));
    endSoon(signal);
    return codeOfInterruption(signal.reason);
  }
  const knee = findKnee(timings);
  if (flags.json) out.line(JSON.stringify({ type: 'knee', poolSize: knee?.poolSize ?? null }));
  else out.text(await timingTable(timings, knee));
  return timings.some(({ failed }) => failed > 0) ? exitCode.someFailed : exitCode.fine;
}

/** The pool sizes timed before the interruption. Without a knee, which would need all of the sizes. */
async function interruptedTable(timings: readonly Timing[], wanted: number): Promise<string> {
  const table = timings.length > 0 ? `${await timingTable(timings, undefined, true)}\n` : '';
  return `${table}Interrupted: ${timings.length} of ${wanted} pool sizes timed.\n`;
}

async function timingTable(
  timings: readonly Timing[],
  knee: Timing | undefined,
  interrupted = false,
): Promise<string> {
  // Loaded here: the other commands have no use for it.
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: ['pool size', 'seconds', 'items/s', 'speed-up', ''],
    colAligns: ['right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
    // A line under the head and none between the rows.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const timing of timings) {
    const { poolSize, seconds, perSecond, speedUp, failed } = timing;
    const remark = [timing === knee ? '← knee' : '', failed > 0 ? `${failed} failed` : '']
      .filter(Boolean)
      .join(', ');
    table.push([poolSize, seconds.toFixed(2), rate(perSecond), `${speedUp.toFixed(2)}×`, remark]);
  }
  const advice = knee
    ? `\nThe knee is ${knee.poolSize}: the smallest pool size within 10 % of the fastest. Use --pool ${knee.poolSize}.`
    : interrupted
      ? ''
      : '\nNothing was done, so there is nothing to compare and no knee to name.';
  return table.toString() + advice;
}
