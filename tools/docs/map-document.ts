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

/** What `node bench/map.ts` has measured, where it has been kept. */
const figuresFile = join(import.meta.dirname, '../../docs/map-figures.json');

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
  readonly machine: string;
  readonly command: string;
  readonly rows: readonly { readonly work: string; readonly contender: string; readonly seconds: number }[];
}

function figures(): string {
  if (!existsSync(figuresFile)) return '';
  const { machine, command, rows } = JSON.parse(readFileSync(figuresFile, 'utf8')) as Figures;
  const cells = rows.map(({ work, contender, seconds }) => [work, contender, seconds.toFixed(2)]);
  return `\n${machine} (\`${command}\`):\n\n${table(['work', 'by', 'seconds'], cells)}`;
}
