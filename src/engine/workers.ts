/**
 * The engine's other door: its worker threads and little else. A shell that knows it will need them has them boot
 * here, on another core, while the engine itself is still being loaded.
 */
export { startFetchPool } from './pool/fetch-pool.ts';
export { startThumbnailPool } from './pool/thumbnail-pool.ts';
export type { WorkerPool } from './pool/worker-pool.ts';
