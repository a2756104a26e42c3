import type { HeardWorker, RunStanding } from '../../engine/cluster/front-ends/index.ts';
import { readWorkerName } from '../../shared/machines/worker-name.ts';
import { count, duration, rate } from './wording.ts';

/** So many workers have a line each at most, and fewer in a low terminal. */
const mostWorkers = 8;
/** What else stands in the terminal: the live line, the lines about all workers and hosts, and some of what happened. */
const otherRows = 10;
/** So many hosts are named: those with most left. */
const mostHosts = 3;
/** Who was heard of so lately is told of without it. In milliseconds. */
const lately = 3_000;

/** Who works on a run that was handed out, as lines below the live line. */
export function standingLines(standing: RunStanding, columns: number, rows: number): string[] {
  const { workers, buckets, others, hosts } = standing;
  const lines = [
    [
      workers.length === 0
        ? 'no worker has a bucket of it now'
        : `${several(workers.length, 'worker')} at work`,
      others > 0 ? `${count(others)} with nothing of it` : '',
      `${count(buckets.ended)} of ${several(buckets.all, 'bucket')} ended`,
      buckets.atWork > 0 ? `${count(buckets.atWork)} at work` : '',
      buckets.broken > 0 ? `${count(buckets.broken)} failed` : '',
    ],
  ].map((parts) => parts.filter((part) => part !== '').join(' · '));
  const most = Math.max(1, Math.min(mostWorkers, rows - otherRows));
  // The busiest, in an order that stays.
  const busiest = new Set(workers.toSorted((one, other) => other.perSecond - one.perSecond).slice(0, most));
  const shown = workers.filter((worker) => busiest.has(worker));
  const cells = shown.map(cellsOf);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0)));
  for (const [name = '', busy = '', speed = '', doing = ''] of cells) {
    const [ofName = 0, ofBusy = 0, ofSpeed = 0] = widths;
    lines.push(`  ${name.padEnd(ofName)}  ${busy.padStart(ofBusy)}  ${speed.padStart(ofSpeed)}  ${doing}`);
  }
  if (workers.length > most) lines.push(`  and ${several(workers.length - most, 'more worker')}`);
  const named = hosts?.hosts.filter(({ left }) => left > 0).slice(0, mostHosts) ?? [];
  if (named.length > 0) {
    const further =
      (hosts?.hosts.filter(({ left }) => left > 0).length ?? 0) - named.length + (hosts?.more.hosts ?? 0);
    const words = named.map(({ host, left }) => `${host} ${count(left)} left`);
    lines.push([...words, ...(further > 0 ? [`${several(further, 'more host')}`] : [])].join(' · '));
  }
  return lines.map((line) => line.slice(0, columns - 1));
}

/** The worker, its places, its rate, and its buckets. */
function cellsOf({ name, places, busy, perSecond, heardMs, buckets }: HeardWorker): string[] {
  const { machine, process } = readWorkerName(name);
  const doing = buckets.map(({ bucket, items, done, skipped, failed }) => {
    const wrong = failed > 0 ? ` (${count(failed)} failed)` : '';
    return `bucket ${bucket}: ${count(done + skipped + failed)}/${count(items)}${wrong}`;
  });
  const heard = heardMs < lately ? [] : [`not heard of for ${duration(heardMs / 1_000)}`];
  return [
    process === undefined ? machine : `${machine} (${process})`,
    `${count(busy)} of ${count(places)} busy`,
    rate(perSecond),
    [...heard, ...doing].join(' · '),
  ];
}

function several(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}
