import prettyBytes from 'pretty-bytes';
import prettyMilliseconds from 'pretty-ms';
import { adviceFor, type ErrorCode } from '../../shared/error-codes/error-codes.ts';
import { limitSentence } from '../../shared/limits/limit-sentence.ts';
import type { ItemResult, SkipReason, Summary, WrittenSet } from '../../shared/result.ts';
import type { Foretold, Interruption } from './reporter.ts';

/** How many characters are shown of an item that is neither path nor URL: it may be a line of any length. */
const mostQuoted = 200;

/** The result of an item as one line, for output without a terminal. */
export function resultLine(result: ItemResult): string {
  const { input } = result;
  // If the fetched file itself is not kept, its thumbnail is the output.
  const output = result.output ?? result.thumbnail?.output;
  switch (result.status) {
    case 'done':
      return `done     ${input}${output === undefined ? '' : ` → ${output}`}`;
    case 'skipped':
      return `skipped  ${input} (${skipWording(result)})`;
    case 'cancelled':
      return `cancelled ${input}`;
    case 'failed':
      return failureLine(result);
  }
}

function skipWording({ reason = 'unchanged', output = '' }: ItemResult): string {
  const words: Readonly<Record<SkipReason, string>> = {
    unchanged: 'unchanged',
    'dry-run': `would make ${output}`,
    robots: 'its robots.txt asks not to',
    noai: 'it is marked noai',
    'not-smaller': 'it would not be smaller',
  };
  return words[reason];
}

/** The failures of a run by cause, the most frequent first, each with what can be done about it. */
export function causeLines({ causes = {} }: Summary): string[] {
  const counted = Object.entries(causes) as [ErrorCode, number][];
  const width = Math.max(0, ...counted.map(([, times]) => count(times).length));
  return counted
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, times]) => `  ${count(times).padStart(width)} × ${code}: ${adviceFor(code, 'terminal')}`);
}

/** Where an automatic pool size settled, if it did: of a run that was too short for that, there is nothing to tell. */
export function poolLines({ pool }: Pick<Summary, 'pool'>): string[] {
  if (!pool?.automatic || pool.settledAfterSeconds === undefined) return [];
  const { size, settledAfterSeconds, searchSeconds = 0 } = pool;
  const cost = searchSeconds < 0.05 ? 'at no cost' : `which cost ${duration(searchSeconds)}`;
  return [`  pool ${size} (auto): found after ${duration(settledAfterSeconds)}, ${cost}`];
}

export function failureLine({ input, error }: ItemResult): string {
  return `failed   ${naming(input, error?.message ?? '')} [${error?.code ?? ''}]`;
}

/** The warning of an item that is done nevertheless. */
export function warningLine({ input, warning, thumbnail }: ItemResult): string | undefined {
  const told = warning ?? thumbnail?.warning;
  return told === undefined ? undefined : `warning: ${naming(input, told)}`;
}

/** A message with the item's name before it, unless the message names it already. */
function naming(input: string, message: string): string {
  // Messages quote arbitrary items as JSON, cut to their beginning.
  const beginning = JSON.stringify(input.slice(0, mostQuoted)).slice(1, -1);
  const isNamed = message.includes(input) || message.includes(beginning);
  const shown = input.length > mostQuoted ? `${input.slice(0, mostQuoted)}…` : input;
  return isNamed ? message : `${shown}: ${message}`;
}

/** `200 items in 0.68 s (295/s): 198 done, 2 failed. 3.47 MB read, 169 kB written.` */
export function summaryLine(summary: Summary, interruption?: Interruption): string {
  const { total, seconds, perSecond, bytesIn, bytesOut } = summary;
  const counts = (['done', 'skipped', 'failed', 'cancelled'] as const)
    .filter((status) => summary[status] > 0 || (status === 'done' && total === 0))
    .map((status) => `${count(summary[status])} ${status}`);
  const traffic =
    bytesIn + bytesOut > 0 ? ` ${prettyBytes(bytesIn)} read, ${prettyBytes(bytesOut)} written.` : '';
  const items = counted(total, 'item');
  const told = counts.length > 0 ? `: ${counts.join(', ')}` : '';
  const cut = interruption ? ` ${interruptionWording(interruption, total)}` : '';
  return `${items} in ${duration(seconds)} (${rate(perSecond)})${told}.${cut}${traffic}`;
}

/** `Forecast: 6,000 items take about 31 s at pool size 2, read 84 MB and write 3 MB; 12 may fail (tried: 64).` */
export function plannedLine({
  items,
  seconds,
  bytesIn,
  bytesOut,
  failures,
  from,
  poolSize,
}: Foretold): string {
  const failing = failures > 0 ? `; ${count(failures)} may fail` : '';
  const runs =
    from.kind === 'runs' && (from.runs === 1 ? 'as in a former run' : `as in ${from.runs} former runs`);
  const basis = runs || `tried: ${count(from.items)}`;
  return `Forecast: ${count(items)} items take about ${about(seconds)} at pool size ${poolSize}, read ${prettyBytes(bytesIn)} and write ${prettyBytes(bytesOut)}${failing} (${basis}).`;
}

/** How good the forecast was that was made after the run's first second. */
export function forecastLines({ forecast, seconds }: Summary, interruption?: Interruption): string[] {
  if (!forecast || interruption) return [];
  return [
    `Forecast after ${duration(forecast.madeAfterSeconds)}: ${about(forecast.seconds)}; it took ${about(seconds)}.`,
  ];
}

/** The line below the summary that says what limited the run, if that showed. */
export function limitLines({ limit }: Pick<Summary, 'limit'>): string[] {
  return limit ? [`  ${limitSentence(limit, 'terminal')}`] : [];
}

const namesOfSets: Readonly<Record<WrittenSet['kind'], string>> = {
  manifest: 'Manifest',
  gallery: 'Gallery',
  contactSheet: 'Contact sheet',
};

/** What was made of all thumbnails together, and where it is; of a dry run, where it would be. */
export function setLines({ sets = [] }: Pick<Summary, 'sets'>, interruption?: Interruption): string[] {
  return sets
    .filter(({ error }) => !error)
    .map(({ kind, file, files, pictures }) => {
      const would = files.length === 0 ? ', would be written' : '';
      const pages = files.length > 1 ? ` and ${counted(files.length - 1, 'further file')}` : '';
      const cut = interruption ? ' so far' : '';
      const told = would || ` (${counted(pictures, 'picture')}${cut})`;
      return `${namesOfSets[kind]}: ${file}${pages}${told}`;
    });
}

/** Why what was asked for could not be written. */
export function setFailureLines({ sets = [] }: Pick<Summary, 'sets'>): string[] {
  return sets.flatMap(({ kind, error }) =>
    error ? [`failed   ${namesOfSets[kind]}: ${error.message} [${error.code}]`] : [],
  );
}

/** Says how many items an interrupted run did not reach. */
function interruptionWording({ planned }: Interruption, ended: number): string {
  if (planned === undefined || planned <= ended) return 'Interrupted.';
  return `Interrupted: ${count(planned - ended)} of ${count(planned)} not begun.`;
}

/** What a list of runs calls one: its command and its first inputs. */
export function runTitle(command: string, inputs: readonly string[]): string {
  const [first = '', ...others] = inputs;
  const name = first.length > mostQuoted ? `${first.slice(0, mostQuoted)}…` : first;
  return `${command} ${name}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  return prettyMilliseconds(seconds * 1000, { secondsDecimalDigits: 0 });
}

/** The time that is left, as well as it can be known: `8 s`, `2m 10s`, `12m`, `2h 5m`. */
export function timeLeft(seconds: number): string {
  const step = seconds < 60 ? 1 : seconds < 600 ? 10 : 60;
  const told = Math.max(1, Math.ceil(seconds / step) * step);
  return told < 60 ? `${told} s` : prettyMilliseconds(told * 1000, { unitCount: 2 });
}

/** A time that is not known well: `31 s`, `4.2 s`, `12 min`. */
function about(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return prettyMilliseconds(Math.round(seconds) * 1000, { unitCount: 2, secondsDecimalDigits: 0 });
}

export function rate(perSecond: number): string {
  return `${perSecond >= 10 ? count(Math.round(perSecond)) : perSecond.toFixed(1)}/s`;
}

/** `1 bucket`, `2,000 buckets` */
export function counted(value: number, what: string): string {
  return value === 1 ? `1 ${what}` : `${count(value)} ${what}s`;
}

/** A number with a comma between thousands: `6,000`. Loading a locale for it takes longer than a hundred thumbnails. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
