import { adviceFor } from '../../../shared/error-codes/error-codes.ts';
import type { Summary } from '../../../shared/result.ts';
import { lineChart } from './line-chart.ts';
import type { RunFigures } from './run-figures.ts';

/** What the page tells of a run besides its figures. */
export interface RunOfPage {
  readonly id: string;
  readonly title: string;
  /** How it ended, and when it began, in words. */
  readonly standing: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly counts: Pick<
    Summary,
    'done' | 'skipped' | 'failed' | 'cancelled' | 'bytesIn' | 'bytesOut' | 'seconds'
  >;
  /** Stages by name, in milliseconds, where they were measured. */
  readonly stages?: Readonly<Record<string, number>> | undefined;
  /** What limited the run, as a sentence. */
  readonly limit?: string | undefined;
}

/** One table of the page: its head, and rows whose cells after the first are numbers. */
interface PageTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A run as one page of HTML to look at and to send: it needs nothing else, loads nothing and runs nothing. */
export function runPage(run: RunOfPage, figures: RunFigures): string {
  const settings = Object.entries(run.settings).map(([name, value]) => `${name} ${value}`.trimEnd());
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(run.title)}</title><style>${style}</style></head><body>`,
    `<h1>${escaped(run.title)}</h1>`,
    `<p class="dim">${escaped(`${run.id} · ${run.standing}`)}</p>`,
    ...(settings.length > 0 ? [`<p class="dim">Settings: ${escaped(settings.join(', '))}</p>`] : []),
    totals(run.counts),
    ...(run.limit === undefined ? [] : [`<p class="limit">${escaped(run.limit)}</p>`]),
    ...chartOf(figures),
    ...[stagesOf(run), changesOf(figures), causesOf(figures), hostsOf(figures), slowestOf(figures)].flatMap(
      tableOf,
    ),
    '</body></html>',
    '',
  ].join('\n');
}

function totals({
  done,
  skipped,
  failed,
  cancelled,
  bytesIn,
  bytesOut,
  seconds,
}: RunOfPage['counts']): string {
  const items = done + skipped + failed + cancelled;
  const tiles: readonly (readonly [string, string])[] = [
    ['items', number(items)],
    ['done', number(done)],
    ['skipped', number(skipped)],
    ['failed', number(failed)],
    ['cancelled', number(cancelled)],
    ['seconds', number(seconds)],
    ['items a second', number(seconds > 0 ? items / seconds : 0)],
    ['MB read', number(bytesIn / 1e6)],
    ['MB written', number(bytesOut / 1e6)],
  ];
  return `<ul class="tiles">${tiles.map(([name, value]) => `<li><b>${value}</b>${name}</li>`).join('')}</ul>`;
}

function chartOf({ throughput, pool }: RunFigures): string[] {
  if (throughput.length < 3) return [];
  const marks = pool.map(({ seconds, size }) => ({ x: seconds, label: `${size}` }));
  const points = throughput.map(({ seconds, perSecond }) => ({ x: seconds, y: perSecond }));
  const chart = { title: 'Throughput', xLabel: 'seconds', yLabel: 'items a second', dots: false };
  return [
    lineChart({ ...chart, points, marks }),
    ...(marks.length > 1 ? ['<p class="dim">Dashed: the pool size from there on.</p>'] : []),
  ];
}

function stagesOf({ stages = {} }: RunOfPage): PageTable {
  const all = Object.values(stages).reduce((sum, ms) => sum + ms, 0);
  return {
    title: 'Stages',
    head: ['stage', 'seconds of all items', 'share'],
    rows: Object.entries(stages).map(([stage, ms]) => [
      stage,
      number(ms / 1_000),
      `${number((100 * ms) / (all || 1))} %`,
    ]),
  };
}

function changesOf({ changes }: RunFigures): PageTable {
  return {
    title: 'Changed while it was on',
    head: ['what', 'after seconds'],
    rows: changes.map(({ seconds, words }) => [words, number(seconds)]),
  };
}

function causesOf({ causes }: RunFigures): PageTable {
  return {
    title: 'Causes of failure',
    head: ['code', 'items', 'what can be done', 'for example'],
    rows: causes.map(({ code, items, example }) => [
      code,
      number(items),
      adviceFor(code, 'terminal'),
      example,
    ]),
  };
}

function hostsOf({ hosts }: RunFigures): PageTable {
  return {
    title: 'Hosts',
    head: ['host', 'items', 'failed', 'ms an item'],
    rows: hosts.map(({ host, items, failed, ms }) => [host, number(items), number(failed), number(ms)]),
  };
}

function slowestOf({ slowest }: RunFigures): PageTable {
  return {
    title: 'Slowest items',
    head: ['item', 'ms', 'status'],
    rows: slowest.map(({ input, ms, status }) => [input, number(ms), status]),
  };
}

function tableOf({ title, head, rows }: PageTable): string[] {
  if (rows.length === 0) return [];
  const cells = (kind: 'td' | 'th', row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${kind}>${escaped(cell)}</${kind}>`).join('')}</tr>`;
  return [
    `<h2>${title}</h2>`,
    `<table><thead>${cells('th', head)}</thead><tbody>`,
    ...rows.map((row) => cells('td', row)),
    '</tbody></table>',
  ];
}

/** As many digits as a person reads: 3 of them, and a comma between thousands. */
function number(value: number): string {
  const rounded =
    value >= 100 || Number.isInteger(value)
      ? String(Math.round(value))
      : String(Number(value.toPrecision(3)));
  return rounded.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#f6f7f8, #101317); color: light-dark(#1c2126, #e6eaee); }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.dim { color: light-dark(#5a646e, #a3adb7); margin: .3rem 0; overflow-wrap: anywhere; }
.limit { border-left: 3px solid #0b7285; padding-left: .8rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .5rem 2rem; list-style: none; padding: 0; }
.tiles b { display: block; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid light-dark(#e3e7eb, #2c3238); overflow-wrap: anywhere; vertical-align: top; }
th { color: light-dark(#5a646e, #a3adb7); font-weight: 500; white-space: nowrap; }
td:first-child { min-width: 12rem; }
svg { width: 100%; height: auto; margin-top: 1rem; }`;
