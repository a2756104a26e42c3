import { extname } from 'node:path';

/** Without their dots, the most common first: the dialog for opening a list offers them in this order. */
export const listExtensions = [
  'txt',
  'csv',
  'tsv',
  'tab',
  'jsonl',
  'ndjson',
  'jsonlines',
  'gz',
  'list',
  'urls',
  'url',
  'md',
  'markdown',
  'html',
  'htm',
  'xhtml',
  'json',
  'webloc',
  'desktop',
] as const;

const isListExtension: ReadonlySet<string> = new Set(listExtensions);

/** Judged by name alone: whether an image can be decoded is found out, and reported for each item, by the run. */
export function kindOfFile(path: string): 'image' | 'list' {
  return isListExtension.has(extname(path).toLowerCase().slice(1)) ? 'list' : 'image';
}
