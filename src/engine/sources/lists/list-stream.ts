import type { Readable } from 'node:stream';
import { type Chunks, openText } from './list-bytes.ts';

export type ListFormat = 'text' | 'csv' | 'tsv' | 'json-lines';

export interface OpenList {
  readonly format: ListFormat;
  readonly chunks: Chunks;
}

/** Opens a list, and tells its format by its name, else by how it begins. */
export async function openList(source: Readable, name: string): Promise<OpenList> {
  const { head, chunks } = await openText(source);
  return { format: formatByName(name) ?? formatByHead(head), chunks };
}

function formatByName(name: string): ListFormat | undefined {
  const bare = name.toLowerCase().replace(/\.gz$/, '');
  if (bare.endsWith('.csv')) return 'csv';
  if (bare.endsWith('.tsv') || bare.endsWith('.tab')) return 'tsv';
  if (/\.(jsonl|ndjson|jsonlines)$/.test(bare)) return 'json-lines';
  return undefined;
}

/** A comma may be part of a URL, so it takes a header to make a list CSV; a tab may not. */
export function formatByHead(head: string): ListFormat {
  const first = firstLineOf(head);
  if (first.startsWith('{')) return 'json-lines';
  if (first.includes('\t')) return 'tsv';
  return delimiterOf(head, 'url') === ',' ? 'csv' : 'text';
}

/** What stands between the cells of a header, if this begins with one that has such a column among others. */
export function delimiterOf(head: string, column: string): string | undefined {
  const first = firstLineOf(head);
  return [','].find((delimiter) => {
    const cells = first.split(delimiter).map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
    return cells.length > 1 && cells.includes(column);
  });
}

function firstLineOf(head: string): string {
  const lines = head.replace(/^\ufeff/, '').split(/\r?\n/);
  return lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
}
