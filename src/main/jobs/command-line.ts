import type { WantedPool } from '../../shared/ipc/job.ts';
import type { FetchRecipe, ThumbnailRecipe } from '../../shared/recipe.ts';
import type { UrlInput } from '../../shared/requests.ts';
import { boxesOf } from '../../shared/settings/boxes.ts';
import { fetchRecipeSettings, fetchSettings } from '../../shared/settings/fetch-settings.ts';
import { runSettings, setSettings, walkSettings } from '../../shared/settings/run-settings.ts';
import { thumbnailSettings, thumbsOfFetchedSettings } from '../../shared/settings/thumbnail-settings.ts';
import { mapCommandLine } from './map-command-line.ts';
import { powerShellLine } from './powershell-quote.ts';
import type { ResolvedJob } from './resolved-job.ts';
import type { SaveText } from './save-text.ts';
import { settingArguments, sizeText } from './setting-arguments.ts';
import { shellLine } from './shell-quote.ts';

/**
 * The job as a `shoal …` command line for the system's usual shell: PowerShell on Windows. Settings that have the command's
 * default are left out.
 */
export function commandLine(
  job: ResolvedJob,
  poolSize: WantedPool | undefined,
  saveText: SaveText,
  platform: NodeJS.Platform = process.platform,
): string {
  const pool = poolSize === undefined ? [] : [runSettings.poolSize.flag, String(poolSize)];
  const isOnWindows = platform === 'win32';
  if (job.kind === 'map') return mapCommandLine(job.request, pool, saveText, isOnWindows);
  const { durable, shard } = job.request;
  const mirror = job.kind === 'thumbnails' && job.request.mirror;
  return (isOnWindows ? powerShellLine : shellLine)([
    'shoal',
    ...argumentsOf(job, saveText, isOnWindows),
    ...pool,
    ...settingArguments(runSettings, { force: job.force, durable, mirror, shard }),
  ]);
}

function argumentsOf(
  job: Exclude<ResolvedJob, { kind: 'map' }>,
  saveText: SaveText,
  isOnWindows: boolean,
): string[] {
  switch (job.kind) {
    case 'thumbnails': {
      const { paths, recipe, outputFolder } = job.request;
      return [
        'thumbs',
        // The paths are absolute, so none of them can be mistaken for a flag.
        ...paths,
        ...thumbnailOptions(recipe),
        ...(outputFolder === undefined ? [] : [runSettings.outputFolder.flag, outputFolder]),
        ...settingArguments(walkSettings, job.request),
        ...settingArguments(setSettings, job.request),
      ];
    }
    case 'fetch': {
      const { inputs, recipe, outputFolder } = job.request;
      return [
        'fetch',
        ...inputs.flatMap((input) => listArguments(input, saveText, isOnWindows ? ofWindows : ofPosix)),
        runSettings.outputFolder.flag,
        outputFolder,
        ...fetchOptions(recipe),
      ];
    }
  }
}

function thumbnailOptions(recipe: ThumbnailRecipe): string[] {
  const { box } = thumbnailSettings;
  const sizes = boxesOf(recipe).map(sizeText);
  const asUsual = sizes.join() === sizeText(box.default);
  return [
    ...(asUsual ? [] : sizes.flatMap((size) => [box.flag, size])),
    ...settingArguments(thumbnailSettings, recipe),
  ];
}

function fetchOptions(recipe: FetchRecipe): string[] {
  const { thumbnail } = recipe;
  return [
    ...(thumbnail === undefined ? [] : thumbnailOfFetchedOptions(thumbnail)),
    ...settingArguments(fetchRecipeSettings, recipe),
  ];
}

/** The flags for the thumbnails of fetched files: only those that `shoal fetch` has. */
function thumbnailOfFetchedOptions(recipe: ThumbnailRecipe): string[] {
  return [
    fetchRecipeSettings.thumbnail.flag,
    sizeText(recipe.box),
    ...settingArguments(thumbsOfFetchedSettings, recipe),
  ];
}

/** With more URLs than this, the line would be too long to paste. */
const mostUrls = 20;

/** URLs that can be on the line. By `cmd` a name in percent signs would become what the environment has for it. */
const ofPosix = /^https?:\/\/[^\s,;]+$/i;
const ofWindows = /^https?:\/\/[^\s,;"%|<>^()]+$/i;

/** A pasted text with only a few URLs is put on the line itself; any other is saved to a file. */
function listArguments(input: UrlInput, saveText: SaveText, onLine: RegExp): string[] {
  switch (input.kind) {
    case 'argument':
      return [input.value];
    case 'report':
      return [`${fetchSettings.report.flag}=${input.path}`];
    case 'text': {
      const lines = input.text.split(/\s*[\r\n]\s*/, mostUrls + 2).filter((line) => line !== '');
      const short = lines.length <= mostUrls && lines.every((line) => onLine.test(line));
      return short ? lines : [saveText(input.text)];
    }
  }
}
