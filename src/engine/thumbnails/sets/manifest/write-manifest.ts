import type { SetOfPictures } from '../set-of-pictures.ts';
import type { Manifest } from './manifest-schema.ts';
import { pictureOfManifest } from './picture-of-manifest.ts';
import { Places } from './places.ts';
import { writePieces } from './write-pieces.ts';

/**
 * Writes the manifest. It says nothing of when it was made, so that the same pictures give the same file: then it is left
 * as it is, and whoever watches it or keeps its versions has no change.
 */
export async function writeManifest(set: SetOfPictures, file: string): Promise<readonly string[]> {
  await writePieces(file, piecesOf(set), set.durable);
  return [file];
}

/** A picture a line, for those who look at it and for what compares lines. */
async function* piecesOf(set: SetOfPictures): AsyncGenerator<string, void> {
  const { title, count, missing } = set;
  const head: Omit<Manifest, 'pictures'> = { version: 1, title, count, missing };
  yield `${JSON.stringify(head).slice(0, -1)},"pictures":[`;
  const places = new Places(set.folder);
  let before = '\n';
  for await (const entry of set.entries()) {
    yield before + JSON.stringify(pictureOfManifest(entry, places));
    before = ',\n';
  }
  yield '\n]}\n';
}
