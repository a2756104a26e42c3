import type { Readable } from 'node:stream';
import { type Chunks, openText } from './list-bytes.ts';
import { looksLikeUrl } from './list-entry.ts';

export type ListFormat =
  | { readonly kind: 'text' }
  /** Markdown or HTML: what is no URL in it is no mistake. */
  | { readonly kind: 'document' }
  | { readonly kind: 'shortcut' }
  | { readonly kind: 'json-lines' }
  | { readonly kind: 'json-array' }
  | { readonly kind: 'table'; readonly delimiter: string };

export interface OpenList {
  readonly format: ListFormat;
  readonly chunks: Chunks;
}

/** The possible cell delimiters: spreadsheets write semicolons where the comma is the decimal sign. */
const delimiters = [',', ';', '\t'];

/** Opens a list, and detects its format by its name and its beginning. */
export async function openList(source: Readable, name: string): Promise<OpenList> {
  const { head, chunks } = await openText(source);
  return { format: formatOf(name, head), chunks };
}

export function formatOf(name: string, head: string): ListFormat {
  const bare = name.toLowerCase().replace(/\.gz$/, '');
  if (/\.(jsonl|ndjson|jsonlines)$/.test(bare)) return { kind: 'json-lines' };
  if (isShortcut(bare, head)) return { kind: 'shortcut' };
  const isTable = /\.(csv|tsv|tab)$/.test(bare);
  if (!isTable && (/\.(md|markdown|html?|xhtml)$/.test(bare) || /^\ufeff?\s*</.test(head))) {
    return { kind: 'document' };
  }
  // A text list may begin with a range, which is no string and no object.
  if (!isTable && /^\ufeff?\s*\[\s*(?:["{\]]|$)/.test(head)) return { kind: 'json-array' };
  const separator = separatorOf(head);
  if (separator !== undefined) return { kind: 'table', delimiter: separator };
  const first = firstLineOf(head);
  const usual = bare.endsWith('.csv') ? ',' : /\.(tsv|tab)$/.test(bare) ? '\t' : undefined;
  if (usual === undefined && first.startsWith('{')) return { kind: 'json-lines' };
  // A URL may contain a comma or semicolon, so these count only with a header; a tab always counts.
  const told = delimiterOf(head, 'url') ?? usual ?? (first.includes('\t') ? '\t' : undefined);
  if (told === undefined) return { kind: 'text' };
  const isHeader = !first.split(told).some(looksLikeUrl);
  return { kind: 'table', delimiter: isHeader && !first.includes(told) ? (commonest(first) ?? told) : told };
}

/** The delimiter of a header, if the text begins with a header that has this column among others. */
export function delimiterOf(head: string, column: string): string | undefined {
  const first = firstLineOf(head);
  return delimiters.find((delimiter) => {
    const cells = cellsOf(first, delimiter);
    return cells.length > 1 && cells.includes(column) && !cells.some(looksLikeUrl);
  });
}

function cellsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
}

function commonest(line: string): string | undefined {
  const count = (delimiter: string) => line.split(delimiter).length - 1;
  return delimiters.filter((delimiter) => count(delimiter) > 0).sort((a, b) => count(b) - count(a))[0];
}

/** What Excel takes from a first line `sep=;`. */
function separatorOf(head: string): string | undefined {
  const told = /^\ufeff?"?sep=([,;\t|])"?[\r\n]/i.exec(head);
  return told?.[1];
}

function isShortcut(name: string, head: string): boolean {
  if (/\.(url|webloc|desktop)$/.test(name)) return true;
  return /^\ufeff?\s*\[(InternetShortcut|Desktop Entry)\]/i.test(head);
}

/** The first line that is no comment. A header may begin with `#`: then it has more than one cell. */
function firstLineOf(head: string): string {
  const lines = head.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  return lines.find((line) => line.trim() !== '' && (!line.startsWith('#') || isMarkedHeader(line))) ?? '';
}

function isMarkedHeader(line: string): boolean {
  return delimiters.some((delimiter) => {
    const cells = cellsOf(line, delimiter);
    return cells.length > 1 && cells.some((cell) => cell.replace(/^#\s*/, '') === 'url');
  });
}
