import { type ThumbnailRecipe, thumbnailRecipeSchema } from '../../shared/recipe.ts';
import type { ResolvedJob } from './resolved-job.ts';
import { shellLine } from './shell-quote.ts';

/** The job as a `shoal …` line for the terminal. What is the default there is left out. */
export function commandLine(job: ResolvedJob, poolSize: number | undefined): string {
  return shellLine(['shoal', ...argumentsOf(job), ...pool(poolSize), ...(job.force ? ['--force'] : [])]);
}

function argumentsOf(job: ResolvedJob): string[] {
  switch (job.kind) {
    case 'thumbnails': {
      const { paths, recipe, outputFolder, match, recursive } = job.request;
      return [
        'thumbs',
        // A path is absolute here, so none of them can be taken for an option.
        ...paths,
        ...recipeOptions(recipe),
        ...(outputFolder === undefined ? [] : ['--out', outputFolder]),
        ...(match === undefined ? [] : [`--match=${match}`]),
        ...(recursive ? [] : ['--no-recursive']),
      ];
    }
  }
}

function recipeOptions({ box, fit, format, quality }: ThumbnailRecipe): string[] {
  const usual = thumbnailRecipeSchema.parse({});
  const size = box.width === box.height ? String(box.width) : `${box.width}x${box.height}`;
  return [
    ...(size === String(usual.box.width) ? [] : ['--size', size]),
    ...(fit === usual.fit ? [] : ['--fit', fit]),
    ...(format === usual.format ? [] : ['--format', format]),
    ...(quality === usual.quality ? [] : ['--quality', String(quality)]),
  ];
}

function pool(poolSize: number | undefined): string[] {
  return poolSize === undefined ? [] : ['--pool', String(poolSize)];
}
