/** The engine's public API: the library's exports, and the only entry for the front ends. */

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
export type { HostFigures, ItemResult, MapResult, Produced, Status, Summary } from '../shared/result.ts';
export type { Box } from '../shared/settings/boxes.ts';
export type { Fit, OutputFormat } from '../shared/settings/choices.ts';
export type { Stage, StageMs } from '../shared/stages.ts';
export { Engine, type RunRequest } from './engine.ts';
export { stateFolder } from './files/state-folder.ts';
export {
  type FetchAllOptions,
  fetchAll,
  type Report,
  type ThumbnailsOptions,
  thumbnails,
} from './library.ts';
export { type MapOptions, type MapStreamOptions, type MapTask, map, mapStream } from './map/map.ts';
export type { Items } from './pool/feed.ts';
export { LivePoolSize } from './pool/live-pool-size.ts';
export { firstPoolSize, type WantedPoolSize, wantedPoolSize } from './pool/wanted-pool-size.ts';
export type { WorkersOptions } from './pool/workers.ts';
export { LiveLimits } from './run/limits/live-limits.ts';
export type { JournalOptions, RunOptions } from './run/run-options.ts';
export {
  findKnee,
  type Timing,
  type TimingLimits,
  type TuneOptions,
  type TuneProgress,
  tune,
} from './run/tune.ts';
export type { FolderWatch, FolderWatchOptions, FolderWatchState } from './thumbnails/watch/folder-watch.ts';
