import type { Engine } from '../../../engine/index.ts';
import { UsageError } from '../../../shared/failure.ts';
import { type ThumbnailRequest, thumbnailRequestSchema } from '../../../shared/requests.ts';
import { setSettings, walkSettings } from '../../../shared/settings/run-settings.ts';
import { thumbnailSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { checked } from '../../flags/checked.ts';
import { valuesOf } from '../../flags/values-of.ts';
import { notice } from '../../output/verbosity.ts';
import type { RunFlags } from './reported-run.ts';
import { runCommand } from './run-command.ts';

/** The flags that need code of their own; the table of settings handles all others. */
export interface ThumbsFlags extends RunFlags {
  readonly out?: string;
  readonly null?: boolean;
  readonly mirror?: boolean;
  readonly watch?: boolean;
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
  const request = requestOf(paths, flags);
  if (request.list && process.stdin.isTTY) {
    notice('Paths are read from the terminal, one a line. Ctrl-D ends them.');
  }
  return runCommand(engine, request, flags);
}

/** The request for thumbnails that flags make. */
export function requestOf(paths: readonly string[], flags: ThumbsFlags): ThumbnailRequest {
  return checked(thumbnailRequestSchema, {
    kind: 'thumbnails',
    paths: paths.filter((path) => path !== '-'),
    list: listOf(paths, flags),
    recipe: valuesOf(thumbnailSettings, flags),
    outputFolder: flags.out,
    ...valuesOf(walkSettings, flags),
    ...valuesOf(setSettings, flags),
    durable: flags.durable,
    mirror: flags.mirror,
    shard: flags.shard,
  });
}

/** @throws UsageError for `--null` without a list that it could be about. */
function listOf(paths: readonly string[], { null: byNull = false }: ThumbsFlags): ThumbnailRequest['list'] {
  if (paths.includes('-')) return { kind: 'input', null: byNull };
  if (byNull) throw new UsageError('Expected - for the paths on standard input, which --null is about.');
  return undefined;
}
