import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../../engine/files/make-folders.ts';
import { writeWhole } from '../../engine/files/write-whole.ts';
import { drawSample } from './draw-sample.ts';

const count = 60;

/** Draws the pictures that are not in the folder yet: somebody who has no pictures at hand can try the app with them. */
export async function makeSamplePictures(folder: string): Promise<void> {
  makeFolders(folder);
  for (let seed = 1; seed <= count; seed += 1) {
    const file = join(folder, `sample-${String(seed).padStart(2, '0')}.png`);
    // One after another, each off this thread while it is packed: the window is to respond meanwhile.
    if (!existsSync(file)) writeWhole(file, await drawSample(seed));
  }
}
