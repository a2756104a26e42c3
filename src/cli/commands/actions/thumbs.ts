import type { Engine } from '../../../engine/index.ts';
import { type ThumbnailRequest, thumbnailRequestSchema } from '../../../shared/requests.ts';
import { setSettings, walkSettings } from '../../../shared/settings/run-settings.ts';
import { thumbnailSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { checked } from '../../flags/checked.ts';
import { valuesOf } from '../../flags/values-of.ts';
import { type RunFlags, runCommand } from './run-command.ts';

/** The flags that need code of their own; the table of settings handles all others. */
export interface ThumbsFlags extends RunFlags {
  readonly out?: string;
}

/**
 * `shoal thumbs`.
 * @returns the exit code.
 */
export function makeThumbnails(
  paths: readonly string[],
  flags: ThumbsFlags,
  engine: Engine,
): Promise<number> {
  return runCommand(engine, requestOf(paths, flags), flags);
}

/** The request for thumbnails that flags make. */
export function requestOf(paths: readonly string[], flags: ThumbsFlags): ThumbnailRequest {
  return checked(thumbnailRequestSchema, {
    kind: 'thumbnails',
    paths: [...paths],
    recipe: valuesOf(thumbnailSettings, flags),
    outputFolder: flags.out,
    ...valuesOf(walkSettings, flags),
    ...valuesOf(setSettings, flags),
    durable: flags.durable,
    shard: flags.shard,
  });
}
