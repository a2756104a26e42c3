import { extname } from 'node:path';

/** Without their dots, the most common first: the dialog for opening a list offers them in this order. */
export const listExtensions = [
  'txt',
  'csv',
  'tsv',
  'tab',
  'parquet',
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

/** What a module of a person's own may end with. */
export const moduleExtensions = ['mjs', 'js', 'cjs', 'ts', 'mts', 'cts'] as const;

const isModuleExtension: ReadonlySet<string> = new Set(moduleExtensions);

/** Judged by name alone: whether an image can be decoded is found out, and reported for each item, by the run. */
export function kindOfFile(path: string): 'image' | 'list' | 'module' {
  const extension = extname(path).toLowerCase().slice(1);
  if (isModuleExtension.has(extension)) return 'module';
  return isListExtension.has(extension) ? 'list' : 'image';
}
