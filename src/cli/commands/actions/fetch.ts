import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../../engine/engine.ts';
import { UsageError } from '../../../shared/failure.ts';
import type { ThumbnailSettings } from '../../../shared/recipe.ts';
import {
  type FetchAccess,
  type FetchRequest,
  fetchRequestSchema,
  type UrlInput,
} from '../../../shared/requests.ts';
import type { Box } from '../../../shared/settings/boxes.ts';
import { fetchAccessSettings, fetchRecipeSettings } from '../../../shared/settings/fetch-settings.ts';
import type { Settings } from '../../../shared/settings/setting.ts';
import { thumbsOfFetchedSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { checked } from '../../flags/checked.ts';
import { valuesOf } from '../../flags/values-of.ts';
import type { RunFlags } from './reported-run.ts';
import { runCommand } from './run-command.ts';

/** The flags that need code of their own; the table of settings handles all others. */
export interface FetchFlags extends RunFlags {
  readonly out?: string;
  readonly perHost: number;
  readonly thumbs?: Box | true;
  readonly originals: boolean;
  readonly user?: string;
  readonly netrc?: string | true;
  readonly retryFailed?: string;
}

/** What a preset has of the thumbnails that no flag of a fetch has. */
interface Unflagged {
  readonly withoutFlag?: { readonly thumbnail?: ThumbnailSettings };
}

/**
 * `shoal fetch`.
 * @returns the exit code.
 */
export async function fetchUrls(
  inputs: readonly string[],
  flags: FetchFlags,
  engine: Engine,
): Promise<number> {
  return runCommand(engine, await requestOf(inputs, flags), flags);
}

/** @throws UsageError when nothing is named, or flags contradict each other. */
export async function requestOf(
  inputs: readonly string[],
  flags: FetchFlags & Unflagged,
): Promise<FetchRequest> {
  const named: UrlInput[] = inputs.map((value) => ({ kind: 'argument', value }));
  if (flags.retryFailed !== undefined) named.push({ kind: 'report', path: flags.retryFailed });
  if (named.length === 0) throw new UsageError('Expected URLs, a list file, or - for standard input.');
  if (!flags.originals && flags.thumbs === undefined) {
    throw new UsageError('--no-originals without --thumbs would leave nothing: add --thumbs.');
  }
  const { thumbs } = flags;
  const looks = valuesOf(thumbsOfFetchedSettings, flags);
  if (thumbs === undefined && Object.values(looks).some((value) => value !== undefined)) {
    throw new UsageError(`${listed(thumbsOfFetchedSettings)} are of thumbnails: add --thumbs.`);
  }
  return checked(fetchRequestSchema, {
    kind: 'fetch',
    inputs: named,
    outputFolder: flags.out,
    durable: flags.durable,
    shard: flags.shard,
    recipe: {
      ...valuesOf(fetchRecipeSettings, flags),
      thumbnail:
        thumbs === undefined
          ? undefined
          : { ...flags.withoutFlag?.thumbnail, box: thumbs === true ? undefined : thumbs, ...looks },
    },
    access: await accessOf(flags),
  });
}

/** What the flags say about access; asks for the password. */
export async function accessOf(flags: Pick<FetchFlags, 'netrc' | 'user'>): Promise<FetchAccess> {
  return {
    ...valuesOf(fetchAccessSettings, flags),
    netrcFile: flags.netrc === true ? usualNetrc() : flags.netrc,
    password: flags.user === undefined ? undefined : await passwordOf(flags.user),
  };
}

/** Where curl and others look for it; Windows' programs expect an underscore. */
function usualNetrc(): string {
  return process.env.NETRC ?? join(homedir(), process.platform === 'win32' ? '_netrc' : '.netrc');
}

/** `--fit, --format and --quality` */
function listed(settings: Settings): string {
  const flags = [...new Set(Object.values(settings).map(({ flag }) => flag))];
  return `${flags.slice(0, -1).join(', ')} and ${flags.at(-1)}`;
}

/** Reads `--user`'s password. The prompt is loaded only when it is needed. */
async function passwordOf(user: string): Promise<string> {
  const { askPassword } = await import('../../process/ask-password.ts');
  return askPassword(user);
}
