import type { Limit } from '../../shared/limits/limit.ts';
import type { MapResult, PoolSummary, Status } from '../../shared/result.ts';
import { jsonValue, textOfValue } from '../../shared/text-of-value.ts';
import { err, out } from './streams.ts';
import { limitLines, poolLines } from './wording.ts';

type MapSummary = Readonly<Record<Exclude<Status, 'skipped'> | 'total', number>>;

/** How `shoal map` reports its results: values on stdout, in order, everything else on stderr. */
export interface MapReporter {
  result(result: MapResult<string, unknown>): void;
  /**
   * @param interrupted whether the run was interrupted, so that some items may not have been started.
   * @param pool the pool at the end, if the run had one.
   * @param limit what limited the run, if that showed.
   */
  summary(interrupted: boolean, pool?: PoolSummary, limit?: Limit): MapSummary;
}

export function mapReporter({ json = false }: { json?: boolean }): MapReporter {
  const counts = { done: 0, failed: 0, cancelled: 0 };
  const started = performance.now();
  const tell = json ? tellJson : tellPlain;
  return {
    result: (result) => {
      counts[result.status] += 1;
      tell(result);
    },
    summary: (interrupted, pool, limit) => {
      const total = counts.done + counts.failed + counts.cancelled;
      const seconds = (performance.now() - started) / 1000;
      const timing = { seconds: round(seconds), perSecond: round(total / seconds) };
      if (json)
        printJson({
          type: 'summary',
          total,
          skipped: 0,
          ...counts,
          ...timing,
          ...(pool && { pool }),
          ...(limit && { limit }),
        });
      else {
        const cut = interrupted ? ' Interrupted.' : '';
        const items = total === 1 ? '1 item' : `${total} items`;
        err.line(`${items} in ${seconds.toFixed(2)} s: ${wording(counts)}.${cut}`);
        for (const line of [...poolLines(pool ? { pool } : {}), ...limitLines(limit ? { limit } : {})])
          err.line(line);
      }
      return { total, ...counts };
    },
  };
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
      err.line(`failed   ${result.item}: ${result.error.message} [${result.error.code}]`);
      break;
    case 'cancelled':
      err.line(`cancelled ${result.item}`);
  }
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
