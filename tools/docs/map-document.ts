import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ability, abilities, type Shown } from './map-peers.ts';
import { table } from './table.ts';
import { withSection } from './written-section.ts';

const head = [
  '',
  'library',
  '`shoal map`',
  'p-map',
  'piscina',
  'GNU parallel',
  '`xargs -P`',
  "Python's `Pool`",
];

/** What `node bench/map.ts --json` has measured, where it has been kept. */
const figuresFile = join(import.meta.dirname, 'map-figures.json');

/** docs/map.md: a table of it is derived. */
export function mapDocument(): string {
  const rows = abilities.map(({ ability, library, command, peers }: Ability) => [
    ability,
    cellOf(library),
    cellOf(command),
    ...peers,
  ]);
  const words =
    "Each cell of Shoal's is shown by an example that is run or by a test, which `tools/docs/map-peers.ts` names; those of the peers are from their documentation.\n\n";
  return withSection('map.md', 'peers', `${words}${table(head, rows)}${figures()}`);
}

function cellOf(shown: Shown | string): string {
  return typeof shown === 'string' ? shown : shown.cell;
}

interface Figures {
  readonly rows: readonly {
    readonly name: string;
    readonly items: number;
    readonly seconds: number;
    readonly perSecond: number;
  }[];
  readonly ratios: {
    readonly timesPoolImap: number;
    readonly speedOfPiscina: number;
    readonly speedOfPMap: number;
  };
}

function figures(): string {
  if (!existsSync(figuresFile)) return '';
  const { rows, ratios } = JSON.parse(readFileSync(figuresFile, 'utf8')) as Figures;
  const cells = rows.map(({ name, items, seconds, perSecond }) => [
    name,
    items.toLocaleString('en'),
    seconds.toFixed(2),
    perSecond.toLocaleString('en'),
  ]);
  const words =
    'What an item costs, with a task that does next to nothing, in two workers and in the calling thread (`node bench/map.ts`, on 2 cores, medians, start-up included):';
  const { timesPoolImap, speedOfPiscina, speedOfPMap } = ratios;
  const inShort = `A module takes ${timesPoolImap.toFixed(2)} × the time of \`Pool.imap\`, and has ${speedOfPiscina.toFixed(2)} × the speed of piscina at its best; a function has ${speedOfPMap.toFixed(2)} × the speed of p-map.`;
  return `\n${words}\n\n${table(['', 'items', 'seconds', 'items a second'], cells)}\n${inShort}\n`;
}
