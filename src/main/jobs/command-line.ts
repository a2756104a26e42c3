import { boxesOf } from '../../shared/boxes.ts';
import {
  type FetchRecipe,
  fetchRecipeSchema,
  type ThumbnailRecipe,
  thumbnailRecipeSchema,
} from '../../shared/recipe.ts';
import type { UrlInput } from '../../shared/requests.ts';
import type { ResolvedJob } from './resolved-job.ts';
import { shellLine } from './shell-quote.ts';

/** Puts a text that is too long for a line into a file, and returns its path. */
export type SaveText = (text: string) => string;

/** The job as a `shoal …` line for the terminal. What is the default there is left out. */
export function commandLine(job: ResolvedJob, poolSize: number | undefined, saveText: SaveText): string {
  return shellLine([
    'shoal',
    ...argumentsOf(job, saveText),
    ...(poolSize === undefined ? [] : ['--pool', String(poolSize)]),
    ...(job.force ? ['--force'] : []),
  ]);
}

function argumentsOf(job: ResolvedJob, saveText: SaveText): string[] {
  switch (job.kind) {
    case 'thumbnails': {
      const { paths, recipe, outputFolder, match, recursive } = job.request;
      return [
        'thumbs',
        // Absolute, so that none of them can be taken for an option.
        ...paths,
        ...thumbnailOptions(recipe),
        ...(outputFolder === undefined ? [] : ['--out', outputFolder]),
        ...(match === undefined ? [] : [`--match=${match}`]),
        ...(recursive ? [] : ['--no-recursive']),
      ];
    }
    case 'fetch': {
      const { inputs, recipe, outputFolder } = job.request;
      return [
        'fetch',
        ...inputs.flatMap((input) => listArguments(input, saveText)),
        '--out',
        outputFolder,
        ...fetchOptions(recipe),
      ];
    }
  }
}

function thumbnailOptions(recipe: ThumbnailRecipe): string[] {
  const usual = thumbnailRecipeSchema.parse({});
  const {
    box,
    furtherBoxes,
    fit,
    format,
    quality,
    nameTemplate,
    fast,
    previews,
    tolerant,
    maxPixels,
    ...rest
  } = recipe;
  const sizes = boxesOf({ box, furtherBoxes }).map(sizeOf);
  // The bound on pixels has no flag. What else is new in a recipe must not compile until it has one here.
  rest satisfies Record<string, never>;
  void maxPixels;
  return [
    ...(sizes.join() === sizeOf(usual.box) ? [] : sizes.flatMap((size) => ['--size', size])),
    ...looksOptions({ fit, format, quality }),
    ...(nameTemplate === undefined ? [] : [`--name=${nameTemplate}`]),
    ...(fast ? ['--fast'] : []),
    ...(previews ? ['--previews'] : []),
    ...(tolerant ? ['--tolerant'] : []),
  ];
}

function fetchOptions(recipe: FetchRecipe): string[] {
  const usual = fetchRecipeSchema.parse({});
  const number = (name: string, value: number | undefined, byDefault?: number) =>
    value === undefined || value === byDefault ? [] : [name, String(value)];
  const { thumbnail, originals, dedupe, recheck, respect, privateAddresses, headers, userAgent } = recipe;
  return [
    ...number('--per-host', recipe.perHost, usual.perHost),
    ...number('--min-gap', recipe.minGap, usual.minGap),
    ...number('--bandwidth', recipe.bandwidth),
    ...number('--retries', recipe.retries, usual.retries),
    ...number('--timeout', recipe.timeout, usual.timeout),
    ...number('--min-speed', recipe.minSpeed, usual.minSpeed),
    ...number('--max-size', recipe.maxBytes),
    ...number('--max-redirects', recipe.maxRedirects, usual.maxRedirects),
    ...(thumbnail === undefined ? [] : thumbnailOfFetchedOptions(thumbnail)),
    ...(originals ? [] : ['--no-originals']),
    ...(dedupe === usual.dedupe ? [] : ['--dedupe', dedupe]),
    ...(recheck ? [] : ['--no-recheck']),
    ...(respect.length === 0 ? [] : ['--respect', respect.join()]),
    ...(privateAddresses === usual.privateAddresses ? [] : ['--private', privateAddresses]),
    ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    ...(recipe.redact ? ['--redact'] : []),
    ...(userAgent === undefined ? [] : [`--user-agent=${userAgent}`]),
  ];
}

/** The window offers no more of it than `shoal fetch` does. */
function thumbnailOfFetchedOptions(recipe: ThumbnailRecipe): string[] {
  const { box, fit, format, quality } = recipe;
  return ['--thumbs', sizeOf(box), ...looksOptions({ fit, format, quality })];
}

function looksOptions({
  fit,
  format,
  quality,
}: Pick<ThumbnailRecipe, 'fit' | 'format' | 'quality'>): string[] {
  const usual = thumbnailRecipeSchema.parse({});
  return [
    ...(fit === usual.fit ? [] : ['--fit', fit]),
    ...(format === usual.format ? [] : ['--format', format]),
    ...(quality === usual.quality ? [] : ['--quality', String(quality)]),
  ];
}

/** More URLs than this are no line to paste. */
const mostUrls = 20;

/** Pasted text that is nothing but a few URLs stands on the line itself; any other is put into a file. */
function listArguments(input: UrlInput, saveText: SaveText): string[] {
  switch (input.kind) {
    case 'argument':
      return [input.value];
    case 'report':
      return [`--retry-failed=${input.path}`];
    case 'text': {
      const lines = input.text.split(/\s*[\r\n]\s*/, mostUrls + 2).filter((line) => line !== '');
      const short = lines.length <= mostUrls && lines.every((line) => /^https?:\/\/[^\s,;]+$/i.test(line));
      return short ? lines : [saveText(input.text)];
    }
  }
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }): string {
  return width === height ? String(width) : `${width}x${height}`;
}
