import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Manifest, manifestSchema } from '../src/engine/thumbnails/sets/manifest/manifest-schema.ts';
import type { SetEntry, SetOfPictures, SetRendition } from '../src/engine/thumbnails/sets/set-of-pictures.ts';

type Size = readonly [width: number, height: number];

/** An entry whose renditions are in `thumbs/` of the folder. */
export function entryOf(
  name: string,
  types: readonly string[] = ['image/jpeg'],
  sizes: readonly Size[] = [[300, 200]],
  folder = '/photos',
): SetEntry {
  const stem = name.slice(0, name.length - extname(name).length);
  const renditions = types.flatMap((type) =>
    sizes.map(([width, height]): SetRendition => {
      const path = join(folder, 'thumbs', `${stem}-${width}.${type.replace('image/', '')}`);
      return { path, type, width, height, bytes: 1_000 };
    }),
  );
  return { input: join(folder, name), name, renditions };
}

/** A set whose files are written into the folder. */
export function setOf(folder: string, entries: readonly SetEntry[]): SetOfPictures {
  return {
    folder,
    title: 'Photos',
    count: entries.length,
    missing: 0,
    inThread: () => Promise.reject(new Error('There is no thread here.')),
    durable: false,
    claim: async () => {},
    onWarning: () => {},
    async *entries() {
      yield* entries;
    },
  };
}

/** @throws ZodError for what is not of its form. */
export function readManifest(file: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
