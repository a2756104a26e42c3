import type { JobForecast, Preview } from '../../../shared/ipc/job.ts';
import { bytes, count, counted, duration } from '../../lib/format.ts';
import type { JobKind } from '../../stores/inputs.ts';

/** Whether there is nothing to work on. A count that was stopped early (`partial`) does not prove that. */
export function foundNothing({ total, partial }: Preview): boolean {
  return total === 0 && !partial;
}

export function headline(kind: JobKind, preview: Preview): string {
  const { total, skipped, unusable, partial } = preview;
  if (foundNothing(preview)) return kind === 'fetch' ? 'No URLs found' : 'No images found';
  if (total === 0) return kind === 'fetch' ? 'Download what is found' : 'Make thumbnails of what is found';
  const work = total - skipped - unusable;
  const atLeast = partial ? 'at least ' : '';
  if (work <= 0) return skipped > 0 ? 'Everything is up to date' : 'Nothing here can be used';
  return kind === 'fetch'
    ? `Download ${atLeast}${counted(work, 'file')}`
    : `Make ${atLeast}${counted(work, 'thumbnail')}`;
}

/** `About 31 s with 8 at once; 84 MB read, 3 MB written; 12 may fail` */
export function forecastWords({ seconds, poolSize, bytesIn, bytesOut, failures }: JobForecast): string {
  const whole = seconds < 10 ? seconds : Math.round(seconds);
  const failing = failures > 0 ? `; ${count(failures)} may fail` : '';
  return `About ${duration(whole * 1_000)} with ${poolSize} at once; ${bytes(bytesIn)} read, ${bytes(bytesOut)} written${failing}`;
}
