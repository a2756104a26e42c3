/** The engine's public API: the library's exports, and the only entry for the front ends. */

import { checkedSettings } from '../shared/checked-settings.ts';
import { assertOptions } from '../shared/checks/check-options.ts';
import type { FetchSettings, ThumbnailSettings } from '../shared/recipe.ts';
import { type FetchAccess, fetchRequestSchema, thumbnailRequestSchema } from '../shared/requests.ts';
import type { ItemResult, Summary } from '../shared/result.ts';
import { Engine, type RunRequest } from './engine.ts';
import { checkRunOptions } from './run/check-run-options.ts';
import type { RunOptions } from './run/run-options.ts';

export { errorCodes } from '../shared/error-codes/error-codes.ts';
export type { ErrorCode, Failure } from '../shared/failure.ts';
export { ItemError, UsageError } from '../shared/failure.ts';
export type { Limit } from '../shared/limits/limit.ts';
export type {
  FetchRecipe,
  FetchSettings,
  ThumbnailRecipe,
  ThumbnailSettings,
} from '../shared/recipe.ts';
export type { FetchRequest, MapRequest, ThumbnailRequest } from '../shared/requests.ts';
export type {
  HostFigures,
  ItemResult,
  MapResult,
  Produced,
  RemovedOutput,
  Status,
  Summary,
  WrittenSet,
} from '../shared/result.ts';
export type { Box } from '../shared/settings/boxes.ts';
export type { Fit, OutputFormat } from '../shared/settings/choices.ts';
export type { Stage, StageMs } from '../shared/stages.ts';
export { shardOf } from './cluster/shards/shard.ts';
export { Engine, type RunRequest } from './engine.ts';
export { stateFolder } from './files/state-folder.ts';
export type { InitContext, MapContext, TaskSettings } from './map/common/task-context.ts';
export { map, mapStream } from './map/map.ts';
export type { MapOptions, MapProgress, MapStreamOptions, MapTask } from './map/map-options.ts';
export { values } from './map/values.ts';
export type { Items } from './pool/feed.ts';
export { LivePoolSize } from './pool/live-pool-size.ts';
export { firstPoolSize, type WantedPoolSize, wantedPoolSize } from './pool/wanted-pool-size.ts';
export type { WorkersOptions } from './pool/workers.ts';
export { LiveLimits } from './run/limits/live-limits.ts';
export type { JournalOptions, RunOptions, ShardOfItems } from './run/run-options.ts';
export {
  findKnee,
  type Timing,
  type TimingLimits,
  type TuneOptions,
  type TuneProgress,
  tune,
} from './run/tune.ts';
export type { FolderWatch, FolderWatchOptions, FolderWatchState } from './thumbnails/watch/folder-watch.ts';

/** The totals of a run, and its failures (only the first 1,000, to bound the memory). */
export interface Report extends Summary {
  /** The results of the first 1,000 items that failed, in the order of ending. */
  readonly failures: readonly ItemResult[];
}

/** The options of `thumbnails`. */
export interface ThumbnailsOptions extends RunOptions {
  /** Size, fit, format, quality and so on. */
  readonly recipe?: ThumbnailSettings;
  /** Default: `thumbs/` inside each folder given, or beside each file given. */
  readonly outputFolder?: string | undefined;
  /** A glob that images must match. One without a slash matches file names, otherwise paths below the folder given. */
  readonly match?: string | undefined;
  /** Globs of images and folders that are left out, matched likewise. */
  readonly exclude?: readonly string[] | undefined;
  /** Whether folders inside the given ones are included. Default true. */
  readonly recursive?: boolean;
  /** Whether each file is flushed to the disk before it gets its name. Default false. */
  readonly durable?: boolean;
  /** The part of the items that this machine does: `3/8` is the third of eight. */
  readonly shard?: string | undefined;
  /** A JSON file that tells of all thumbnails: sizes, placeholders, HTML. */
  readonly manifest?: string | undefined;
  /** A page (`.html`) that shows them. */
  readonly gallery?: string | undefined;
  /** Pages with all of them: `.pdf`, `.jpg` or `.png`. */
  readonly contactSheet?: string | undefined;
  /**
   * Whether the thumbnails of originals that are gone from the folders are removed; `onRemoved` hears of each. Default
   * false.
   */
  readonly mirror?: boolean;
}

const mostFailures = 1_000;

/**
 * Makes thumbnails of folders and image files; those that exist and were made from the same inputs are skipped.
 *
 * @example const report = await thumbnails('photos', { recipe: { format: 'webp' }, poolSize: 4 });
 * @throws UsageError when the run could not start or a setting is out of bounds.
 */
export async function thumbnails(
  paths: string | readonly string[],
  given: ThumbnailsOptions = {},
): Promise<Report> {
  assertOptions(given);
  const { recipe = {}, outputFolder, match, exclude, recursive, durable, shard, ...further } = given;
  const { manifest, gallery, contactSheet, mirror, ...options } = further;
  const request = checkedSettings(thumbnailRequestSchema, {
    kind: 'thumbnails',
    paths: [paths].flat(),
    recipe,
    outputFolder,
    match,
    exclude: exclude && [...exclude],
    recursive,
    durable,
    shard,
    manifest,
    gallery,
    contactSheet,
    mirror,
  });
  return runToReport(request, options);
}

/** The options of `fetchAll`. */
export interface FetchAllOptions extends RunOptions {
  /** Retries, limits, headers and so on. */
  readonly recipe?: FetchSettings;
  /** Default: `downloads/` in the working directory. */
  readonly outputFolder?: string | undefined;
  /** What gives access: headers, a login, cookies, a proxy, certificates. No result, report or journal contains any of it. */
  readonly access?: FetchAccess;
  /** Whether each file is flushed to the disk before it gets its name. Default false. */
  readonly durable?: boolean;
  /** The part of the items that this machine does: `3/8` is the third of eight. */
  readonly shard?: string | undefined;
}

/**
 * Fetches URLs (or list files, or `-` for standard input) to files; files that have not changed since are skipped.
 *
 * @example const report = await fetchAll(['https://example.com/[1-9].jpg'], { outputFolder: 'photos', poolSize: 32 });
 * @throws UsageError when the run could not start or a setting is out of bounds.
 */
export async function fetchAll(
  inputs: string | readonly string[],
  given: FetchAllOptions = {},
): Promise<Report> {
  assertOptions(given);
  const { recipe = {}, outputFolder, access, durable, shard, ...options } = given;
  const request = checkedSettings(fetchRequestSchema, {
    kind: 'fetch',
    inputs: [inputs].flat().map((value) => ({ kind: 'argument' as const, value })),
    recipe,
    outputFolder,
    access,
    durable,
    shard,
  });
  return runToReport(request, options);
}

/** Runs a request on an engine of its own, and collects its failures. */
async function runToReport(request: RunRequest, options: RunOptions): Promise<Report> {
  const failures: ItemResult[] = [];
  const onResult = (result: ItemResult): void => {
    if (result.status === 'failed' && failures.length < mostFailures) failures.push(result);
    options.onResult?.(result);
  };
  checkRunOptions(options);
  await using engine = new Engine();
  const summary = await engine.run(request, { ...options, onResult });
  return { ...summary, failures };
}
