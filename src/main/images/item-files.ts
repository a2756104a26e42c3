import { isAbsolute } from 'node:path';
import { hostOf } from '../../engine/run/front-ends/index.ts';
import type { JobKind } from '../../shared/ipc/job.ts';
import type { StoredItem } from '../views/row-store.ts';

export interface ItemFiles {
  readonly url?: string;
  readonly host?: string;
  readonly result?: string;
  readonly original?: string;
  readonly file?: { readonly which: 'result' | 'original'; readonly path: string };
}

/** Where an item's files are. Of a fetched file with a thumbnail, the original is what was saved. */
export function itemFiles(item: StoredItem, kind: JobKind): ItemFiles {
  const { input, output, thumbnail, state } = item;
  const made = state === 'done' || state === 'skipped';
  const result = made ? (thumbnail ?? output) : undefined;
  if (kind === 'thumbnails') {
    const which = result === undefined ? 'original' : 'result';
    return {
      ...(result !== undefined && { result }),
      original: input,
      file: { which, path: result ?? input },
    };
  }
  // An item of a person's own function may be the path of a file, or anything else.
  if (kind === 'map' && isAbsolute(input)) return { file: { which: 'original', path: input } };
  const saved = made ? (output ?? thumbnail) : undefined;
  const host = hostOf(input);
  return {
    ...(URL.canParse(input) && { url: input }),
    ...(host !== undefined && { host }),
    ...(result !== undefined && { result }),
    ...(made && thumbnail !== undefined && output !== undefined && { original: output }),
    ...(saved !== undefined && { file: { which: 'result', path: saved } }),
  };
}
