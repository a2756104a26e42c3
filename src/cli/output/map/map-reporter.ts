import type { Limit } from '../../../shared/limits/limit.ts';
import type { MapResult, PoolSummary, Status } from '../../../shared/result.ts';
import { jsonValue, textOfValue } from '../../../shared/text-of-value.ts';
import { err, out } from '../streams.ts';
import { isQuiet, isVerbose, progressWanted } from '../verbosity.ts';
import { count, counted, limitLines, poolLines } from '../wording.ts';
import type { MapLive, MapLiveRun } from './map-live.ts';
import { ownFrame, wholeStack } from './own-frame.ts';

type MapSummary = Readonly<Record<Exclude<Status, 'skipped'> | 'total', number>>;

/** How a run of a person's own function ended. */
interface MapEnding {
  /** Whether it was interrupted, so that some items may not have been started. */
  readonly interrupted: boolean;
  /** Whether nobody reads any more what it would tell. */
  readonly isUnread?: boolean;
  /** How many items had failed when it ended for that. */
  readonly halted?: number | undefined;
  /** The number of items, where it is known. */
  readonly planned?: number | undefined;
  /** The pool at the end, if the run had one. */
  readonly pool?: PoolSummary | undefined;
  /** What limited the run, if that showed. */
  readonly limit?: Limit | undefined;
}

/** How `shoal map` reports its results: values on stdout, everything else on stderr. */
export interface MapReporter {
  /** What the terminal shows of the run while it is on, where there is a place for it. */
  readonly live: MapLive | undefined;
  result(result: MapResult<string, unknown>): void;
  summary(ending: MapEnding): MapSummary;
}

export interface MapReporterFlags {
  readonly json?: boolean;
}

export async function mapReporter(
  { json = false }: MapReporterFlags,
  run?: MapLiveRun,
): Promise<MapReporter> {
  const counts = { done: 0, failed: 0, cancelled: 0 };
  const started = performance.now();
  const live = run && (await liveOf(json, run));
  const tell = json ? tellJson : tellPlain;
  return {
    live,
    result: (result) => {
      counts[result.status] += 1;
      tell(result);
    },
    summary: (ending) => {
      live?.end();
      const total = counts.done + counts.failed + counts.cancelled;
      const seconds = (performance.now() - started) / 1000;
      if (ending.isUnread) return { total, ...counts };
      if (json) printSummary({ total, ...counts }, seconds, ending);
      else if (!isQuiet()) tellSummary({ total, ...counts }, seconds, ending);
      return { total, ...counts };
    },
  };
}

/** Loaded only where it is used: most runs are not looked at. */
async function liveOf(json: boolean, run: MapLiveRun): Promise<MapLive | undefined> {
  if (!err.isScreen && progressWanted() !== 'asked') return undefined;
  const { MapLive, tellsProgress } = await import('./map-live.ts');
  return tellsProgress(json) ? new MapLive(run) : undefined;
}

function printSummary({ total, ...counts }: MapSummary, seconds: number, ending: MapEnding): void {
  const { pool, limit, halted } = ending;
  printJson({
    type: 'summary',
    total,
    skipped: 0,
    ...counts,
    seconds: round(seconds),
    perSecond: round(total / seconds),
    ...(halted !== undefined && { halted }),
    ...(pool && { pool }),
    ...(limit && { limit }),
  });
}

function tellSummary({ total, ...counts }: MapSummary, seconds: number, ending: MapEnding): void {
  const { pool, limit } = ending;
  const items = total === 1 ? '1 item' : `${total} items`;
  err.line(`${items} in ${seconds.toFixed(2)} s: ${wording(counts)}.${cutWords(total, ending)}`);
  for (const line of [...poolLines(pool ? { pool } : {}), ...limitLines(limit ? { limit } : {})])
    err.line(line);
}

/** Why it ended early, and what it has not begun. */
function cutWords(total: number, { interrupted, halted, planned }: MapEnding): string {
  if (!interrupted && halted === undefined) return '';
  const why = interrupted ? 'Interrupted' : `Halted after ${counted(halted ?? 0, 'failed item')}`;
  if (planned === undefined || planned <= total) return ` ${why}.`;
  return ` ${why}: ${count(planned - total)} of ${count(planned)} not begun.`;
}

function tellJson({ index: _index, item, ...result }: MapResult<string, unknown>): void {
  if (result.status === 'done') {
    const { value, ms, status } = result;
    printJson({ type: 'result', input: item, status, output: jsonValue(value), ms: round(ms) });
  } else {
    printJson({ type: 'result', input: item, ...result, ms: round(result.ms) });
  }
}

function tellPlain(result: MapResult<string, unknown>): void {
  switch (result.status) {
    case 'done':
      out.value(textOfValue(result.value));
      break;
    case 'failed':
      tellFailure(result.item, result.error);
      break;
    case 'cancelled':
      err.line(`cancelled ${result.item}`);
  }
}

function tellFailure(
  item: string,
  error: Extract<MapResult<string, unknown>, { status: 'failed' }>['error'],
): void {
  const frame = ownFrame(error);
  err.line(`failed   ${item}: ${error.message} [${error.code}]${frame === undefined ? '' : ` ${frame}`}`);
  if (tellsStacks()) err.lines(wholeStack(error).map((line) => `    ${line}`));
}

function tellsStacks(): boolean {
  return isVerbose() || Boolean(process.env.SHOAL_DEBUG);
}

function printJson(event: object): void {
  out.line(JSON.stringify(event));
}

function wording(counts: Readonly<Record<string, number>>): string {
  const told = Object.entries(counts).filter(([status, count]) => count > 0 || status === 'done');
  return told.map(([status, count]) => `${count} ${status}`).join(', ');
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1000) / 1000 : 0;
}
