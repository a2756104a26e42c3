import { resolve } from 'node:path';
import {
  type Box,
  type Engine,
  findKnee,
  type Timing,
  type TuneProgress,
  tune,
  UsageError,
} from '../../../engine/index.ts';
import { assertWorkingFolder } from '../../../engine/run/front-ends/index.ts';
import { thumbnailRequestSchema } from '../../../shared/requests.ts';
import { poolCeilings } from '../../../shared/settings/pool-sizes.ts';
import { walkSettings } from '../../../shared/settings/run-settings.ts';
import { checked } from '../../flags/checked.ts';
import { err, out } from '../../output/streams.ts';
import { notice, progressWanted } from '../../output/verbosity.ts';
import { count, duration } from '../../output/wording.ts';
import { assertPlaceFor, writeGiven } from '../../output/write-given.ts';
import { codeOfInterruption, exitCode } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';
import { timingTable } from '../../tables/timing-table.ts';
import { type FetchFlags, requestOf } from './fetch.ts';

interface TuneFlags {
  readonly sizes: number[];
  readonly json?: boolean;
  readonly chart?: string;
}

export interface TuneThumbsFlags extends TuneFlags {
  readonly size?: readonly Box[];
  /** What a preset has beside the sizes. */
  readonly withoutFlag?: Readonly<Record<string, unknown>>;
}

export type TuneFetchFlags = TuneFlags & FetchFlags;

/** How often the live line is redrawn, in milliseconds. */
const intervalMs = 100;

/**
 * `shoal tune thumbs`.
 * @returns the exit code.
 */
export function tuneThumbs(
  paths: readonly string[],
  flags: TuneThumbsFlags,
  engine: Engine,
): Promise<number> {
  const most = poolCeilings.thumbnailThreads;
  const tooLarge = flags.sizes.find((size) => size > most);
  if (tooLarge !== undefined) {
    throw new UsageError(`Expected --sizes to be at most ${most} for thumbnails, got ${tooLarge}.`);
  }
  const signal = interruptSignal();
  return runTune(flags, signal, true, (poolSize, outputFolder, limits) => {
    const [box, ...furtherBoxes] = flags.size ?? [];
    const { durable: _ofNoCopy, ...beside } = flags.withoutFlag ?? {};
    const isOfWalk = ([key]: [string, unknown]) => Object.hasOwn(walkSettings, key);
    const [walk, looks] = [
      Object.entries(beside).filter(isOfWalk),
      Object.entries(beside).filter((each) => !isOfWalk(each)),
    ];
    const recipe = { ...Object.fromEntries(looks), box, furtherBoxes };
    const request = checked(thumbnailRequestSchema, {
      kind: 'thumbnails',
      paths: [...paths],
      recipe,
      outputFolder,
      ...Object.fromEntries(walk),
    });
    return engine.time(request, { poolSize, ...limits });
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
  // Before anything is told: what cannot start says only why.
  assertWorkingFolder();
  if (!flags.json) {
    notice(
      `Each URL is fetched anew for each of the ${flags.sizes.length} pool sizes, for 10 s at most each.`,
    );
  }
  const code = await runTune(flags, signal, false, (poolSize, outputFolder, limits) =>
    engine.time({ ...request, outputFolder }, { poolSize, ...limits }),
  );
  if (!flags.json && !signal.aborted && flags.perHost < Math.max(...flags.sizes)) {
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
  const chart = flags.chart === undefined ? undefined : resolve(flags.chart);
  if (chart !== undefined) assertPlaceFor('--chart', chart);
  const live = showsProgress(flags) ? err.liveLine() : undefined;
  const timed: string[] = [];
  let progress: TuneProgress | undefined;
  const draw = (): void => live?.draw(fitted([howFar(progress), ...timed], err.columns));
  const drawing = live && setInterval(draw, intervalMs).unref();
  const onTiming = (timing: Timing): void => {
    if (flags.json) out.line(JSON.stringify({ type: 'timing', ...timing }));
    timed.unshift(`pool ${timing.poolSize}: ${duration(timing.seconds)}`);
  };
  const onProgress = (latest: TuneProgress): void => {
    progress = latest;
  };
  const timings = await tune({ sizes: flags.sizes, runOnce, warmUp, signal, onTiming, onProgress });
  clearInterval(drawing);
  live?.done();
  if (signal.aborted) {
    if (!flags.json) out.text(await interruptedTable(timings, flags.sizes.length));
    endSoon(signal);
    return codeOfInterruption(signal.reason);
  }
  const knee = findKnee(timings);
  if (flags.json) out.line(JSON.stringify({ type: 'knee', poolSize: knee?.poolSize ?? null }));
  else out.text(await report(timings, knee));
  if (chart !== undefined) await drawChart(chart, timings, knee);
  return timings.some(({ failed }) => failed > 0) ? exitCode.someFailed : exitCode.fine;
}

function showsProgress({ json = false }: TuneFlags): boolean {
  const wanted = progressWanted();
  return err.isScreen && (wanted === 'asked' || (wanted === 'usual' && !json));
}

/** `pool 4: 120 of 400` */
function howFar(progress: TuneProgress | undefined): string {
  if (!progress) return 'Reading …';
  const { poolSize, warmsUp, ended, total } = progress;
  const what = warmsUp ? 'warming up' : `pool ${poolSize}`;
  return `${what}: ${count(ended)}${total === undefined ? '' : ` of ${count(total)}`} …`;
}

/** The first of these that fit into a line. */
function fitted(parts: readonly string[], columns: number): string {
  const [first = '', ...others] = parts;
  return others.reduce((line, part) => {
    const longer = `${line} · ${part}`;
    return longer.length < columns ? longer : line;
  }, first);
}

/** The pool sizes timed before the interruption. Without a knee, which would need all of the sizes. */
async function interruptedTable(timings: readonly Timing[], wanted: number): Promise<string> {
  const table = timings.length > 0 ? `${await timingTable(timings, undefined, out.columns)}\n` : '';
  return `${table}Interrupted: ${timings.length} of ${wanted} pool sizes timed.\n`;
}

async function report(timings: readonly Timing[], knee: Timing | undefined): Promise<string> {
  const table = await timingTable(timings, knee, out.columns);
  const advice = knee
    ? `The knee is ${knee.poolSize}: the smallest pool size within 10 % of the fastest. Use --pool ${knee.poolSize}.`
    : 'Nothing was done, so there is nothing to compare and no knee to name.';
  const sampled = timings.some((timing) => timing.sampled)
    ? '\nEach size was timed for 10 s at most, with as many of the items as it did in that time.'
    : '';
  return `${table}\n${advice}${sampled}`;
}

async function drawChart(path: string, timings: readonly Timing[], knee: Timing | undefined): Promise<void> {
  const { lineChart } = await import('../../../engine/run/front-ends/pictures.ts');
  const picture = lineChart({
    title: 'Throughput by pool size',
    xLabel: 'pool size',
    yLabel: 'items a second',
    xTicks: timings.map(({ poolSize }) => poolSize),
    points: timings
      .toSorted((one, other) => one.poolSize - other.poolSize)
      .map((timing) => ({
        x: timing.poolSize,
        y: timing.perSecond,
        ...(timing === knee && { label: 'knee' }),
      })),
  });
  writeGiven('--chart', path, picture);
}
