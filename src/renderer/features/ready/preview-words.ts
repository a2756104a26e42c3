import type { JobForecast, Preview } from '../../../shared/ipc/job.ts';
import { bytes, count, counted, duration } from '../../lib/format.ts';
import type { JobKind } from '../../stores/inputs.ts';
import { workOf } from '../../stores/preview.ts';

/** Whether there is nothing at all. A count that is not complete (`partial`) does not prove that. */
export function foundNothing({ total, partial }: Preview): boolean {
  return total === 0 && !partial;
}

/** Whether all that was found cannot be used: then nothing is written anywhere. */
export function isUnusable({ total, unusable, partial }: Preview): boolean {
  return !partial && total > 0 && unusable === total;
}

export function headline(kind: JobKind, preview: Preview): string {
  const { skipped, partial } = preview;
  if (foundNothing(preview)) {
    if (preview.contents.unread.length > 0) return 'No image here can be read';
    return kind === 'fetch' ? 'No URLs found' : 'No images found';
  }
  const work = workOf(preview);
  const things = counted(work, kind === 'fetch' ? 'file' : 'thumbnail');
  if (partial)
    return work > 0 ? `${things} to ${kind === 'fetch' ? 'download' : 'make'} so far` : 'Counting…';
  if (work > 0) return kind === 'fetch' ? `Download ${things}` : `Make ${things}`;
  return skipped > 0 ? 'Everything is up to date' : 'Nothing here can be used';
}

/** What is there already of the results. */
export function alreadyThere({ skipped, partial, seen, total, contents }: Preview, force: boolean): string {
  if (partial) return `${count(skipped)} so far, of ${count(seen)} looked at; ${count(total)} found`;
  if (force) return 'Not asked: all of it is made anew';
  if (skipped === 0 && contents.otherSettings + contents.earlier > 0) return 'None that can stay as it is';
  if (skipped === 0) return 'None; everything is new or has changed';
  return `${count(skipped)} will be skipped, as nothing has changed`;
}

/** What a run would replace; undefined if nothing. */
export function replacedWords({ contents, partial }: Preview): string | undefined {
  const { otherSettings, earlier } = contents;
  const parts = [
    ...(otherSettings > 0 ? [`${count(otherSettings)} made with other settings`] : []),
    ...(earlier > 0 ? [`${count(earlier)} made before`] : []),
  ];
  return parts.length === 0
    ? undefined
    : `${parts.join(' and ')} will be replaced${partial ? ', so far' : ''}`;
}

/** What the button says that starts the run. */
export function startWords(kind: JobKind, preview: Preview | undefined): string {
  const verb = kind === 'fetch' ? 'Download' : 'Make';
  const work = preview === undefined || preview.partial ? 0 : workOf(preview);
  if (work === 0) return kind === 'fetch' ? 'Start downloading' : 'Make thumbnails';
  return `${verb} ${counted(work, kind === 'fetch' ? 'file' : 'thumbnail')}`;
}

/** `About 31 s with 8 at once; 84 MB read, 3 MB written; 12 may fail` */
export function forecastWords({ seconds, poolSize, bytesIn, bytesOut, failures }: JobForecast): string {
  const whole = seconds < 10 ? seconds : Math.round(seconds);
  const failing = failures > 0 ? `; ${count(failures)} may fail` : '';
  return `About ${duration(whole * 1_000)} with ${poolSize} at once; ${bytes(bytesIn)} read, ${bytes(bytesOut)} written${failing}`;
}
