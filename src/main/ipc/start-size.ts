import type { StartRun } from '../../shared/ipc/job.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { StartSize } from '../runs/run-registry.ts';
import { automaticByDefault, defaultPoolSize } from './app-handlers.ts';

/** The pool size that a run of this kind starts with: as asked for, as chosen before, or the machine's default. */
export function startSizeOf(
  kind: StartRun['job']['kind'],
  asked: StartRun['poolSize'],
  { thumbnailsPoolSize, fetchPoolSize, mapPoolSize }: Settings,
): StartSize {
  const chosen = { thumbnails: thumbnailsPoolSize, fetch: fetchPoolSize, map: mapPoolSize }[kind];
  const wanted = asked ?? chosen ?? (automaticByDefault()[kind] ? 'auto' : undefined);
  const size = typeof wanted === 'number' ? wanted : defaultPoolSize()[kind];
  return { size, automatic: wanted === 'auto' };
}
