import { extname } from 'node:path';

const listExtensions = new Set(['.txt', '.csv', '.tsv', '.list', '.urls', '.url', '.md']);

/** By its name alone: whether an image can be decoded is found out by the run, which tells it by item. */
export function kindOfFile(path: string): 'image' | 'list' {
  return listExtensions.has(extname(path).toLowerCase()) ? 'list' : 'image';
}
