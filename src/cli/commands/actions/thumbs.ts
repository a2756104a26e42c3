import type { Box, Engine, Fit, OutputFormat } from '../../../engine/index.ts';
import { thumbnailRequestSchema } from '../../../shared/requests.ts';
import { checked } from '../../flags/checked.ts';
import { type RunFlags, runCommand } from './run-command.ts';

export interface ThumbsFlags extends RunFlags {
  readonly size?: readonly [Box, ...Box[]];
  readonly name?: string;
  readonly fast?: boolean;
  readonly previews?: boolean;
  readonly tolerant?: boolean;
  readonly fit: Fit;
  readonly format: OutputFormat;
  readonly quality: number;
  readonly out?: string;
  readonly match?: string;
  readonly recursive: boolean;
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
  const { size: [box, ...furtherBoxes] = [undefined], name: nameTemplate } = flags;
  const { fit, format, quality, fast, previews, tolerant, out, match, recursive } = flags;
  const request = checked(thumbnailRequestSchema, {
    kind: 'thumbnails',
    paths: [...paths],
    recipe: { box, furtherBoxes, fit, format, quality, nameTemplate, fast, previews, tolerant },
    outputFolder: out,
    match,
    recursive,
    durable: flags.durable,
  });
  return runCommand(engine, request, flags);
}
