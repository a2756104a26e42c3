import { createHash } from 'node:crypto';
import { basename, extname, join } from 'node:path';
import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import { fitted, nameOutputs, sameName, type WrittenFormat, writtenFormat } from './output-name.ts';

/** One image and its thumbnail, before it is known whether that has been made already. */
export interface PlannedThumbnail {
  readonly input: string;
  readonly output: string;
  readonly format: WrittenFormat;
}

export interface FolderToPlan {
  /** The folder that the images are in. */
  readonly folder: string;
  /** The folder that their thumbnails go to. */
  readonly outputFolder: string;
  readonly names: readonly string[];
}

/** Plans the images of one folder: where each thumbnail goes. Pure. */
export function planFolder(
  { folder, outputFolder, names }: FolderToPlan,
  { format }: Pick<ThumbnailRecipe, 'format'>,
): PlannedThumbnail[] {
  const outputs = nameOutputs(names, format);
  return names.map((name) => ({
    input: join(folder, name),
    output: join(outputFolder, outputs.get(name) ?? name),
    format: writtenFormat(name, format),
  }));
}

/**
 * Plans single files whose outputs share one folder though they come from several. Of files with the same
 * name the first (by path) keeps it; the others get a hash of their path.
 */
export function planFiles(
  files: readonly string[],
  outputFolder: string,
  { format }: Pick<ThumbnailRecipe, 'format'>,
): PlannedThumbnail[] {
  const taken = new Set<string>();
  return files.toSorted().map((input) => {
    const name = basename(input);
    const natural = nameOutputs([name], format).get(name) ?? name;
    const extension = extname(natural);
    const stem = natural.slice(0, natural.length - extension.length);
    let output = natural;
    for (let hash = hashOf(input); taken.has(sameName(output)); hash = hashOf(hash)) {
      output = fitted(stem, `-${hash}${extension}`);
    }
    taken.add(sameName(output));
    return { input, output: join(outputFolder, output), format: writtenFormat(name, format) };
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
