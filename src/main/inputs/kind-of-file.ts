import { extname } from 'node:path';

/** Without their dots, the commonest first: they are offered in this order where a list is opened. */
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
] as const;

const isListExtension: ReadonlySet<string> = new Set(listExtensions);

/** By its name alone: whether an image can be decoded is found out by the run, which tells it by item. */
export function kindOfFile(path: string): 'image' | 'list' {
  return isListExtension.has(extname(path).toLowerCase().slice(1)) ? 'list' : 'image';
}
