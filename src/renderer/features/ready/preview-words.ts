import { t } from '../../../languages/translate.ts';
import type { JobForecast, Preview } from '../../../shared/ipc/job.ts';
import { bytes, count, duration } from '../../lib/format.ts';
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
  const { skipped, partial, removals = 0 } = preview;
  if (foundNothing(preview)) {
    if (preview.contents.unread.length > 0) return t('No image here can be read');
    return nothingWords[kind]();
  }
  const work = workOf(preview);
  if (work > 0) return partial ? toDoSoFar(kind, work) : toDo(kind, work);
  if (partial) return t('Counting…');
  if (removals > 0) return toRemove(removals);
  return skipped > 0 ? t('Everything is up to date') : t('Nothing here can be used');
}

const nothingWords: Readonly<Record<JobKind, () => string>> = {
  thumbnails: () => t('No images found'),
  fetch: () => t('No URLs found'),
  map: () => t('No items found'),
};

function toDo(kind: JobKind, work: number): string {
  if (kind === 'map') return t('Apply to {{count, number}} items', { count: work });
  return kind === 'fetch'
    ? t('Download {{count, number}} files', { count: work })
    : t('Make {{count, number}} thumbnails', { count: work });
}

function toRemove(removals: number): string {
  return t('Remove {{count, number}} thumbnails of deleted originals', { count: removals });
}

/** What would be removed beside what is made; undefined if nothing. */
export function removedWords({ removals = 0 }: Preview): string | undefined {
  if (removals === 0) return undefined;
  return t('{{count, number}} thumbnails of deleted originals', { count: removals });
}

function toDoSoFar(kind: JobKind, work: number): string {
  if (kind === 'map') return t('{{count, number}} items so far', { count: work });
  return kind === 'fetch'
    ? t('{{count, number}} files to download so far', { count: work })
    : t('{{count, number}} thumbnails to make so far', { count: work });
}

/** What is there already of the results. */
export function alreadyThere({ skipped, partial, seen, total, contents }: Preview, force: boolean): string {
  if (partial) {
    const numbers = { skipped: count(skipped), seen: count(seen), total: count(total) };
    return t('{{skipped}} so far, of {{seen}} looked at; {{total}} found', numbers);
  }
  if (force) return t('Not asked: all of it is made anew');
  if (skipped === 0 && contents.otherSettings + contents.earlier > 0) return t('None that can stay as it is');
  if (skipped === 0) return t('None; everything is new or has changed');
  return t('{{count, number}} will be skipped, as nothing has changed', { count: skipped });
}

/** What a run would replace; undefined if nothing. */
export function replacedWords({ contents, partial }: Preview): string | undefined {
  const { otherSettings, earlier } = contents;
  const parts = [
    ...(otherSettings > 0 ? [t('{{count, number}} made with other settings', { count: otherSettings })] : []),
    ...(earlier > 0 ? [t('{{count, number}} made before', { count: earlier })] : []),
  ];
  if (parts.length === 0) return undefined;
  const what = parts.reduce((first, second) => t('{{first}} and {{second}}', { first, second }));
  return partial
    ? t('{{what}} will be replaced, so far', { what })
    : t('{{what}} will be replaced', { what });
}

/** What the button says that starts the run. */
export function startWords(kind: JobKind, preview: Preview | undefined, onlySets = false): string {
  if (onlySets) return t('Make it from what is there');
  const work = preview === undefined || preview.partial ? 0 : workOf(preview);
  if (work > 0) return toDo(kind, work);
  if (preview?.removals !== undefined && !preview.partial) return toRemove(preview.removals);
  if (kind === 'map') return t('Start');
  return kind === 'fetch' ? t('Start downloading') : t('Make thumbnails');
}

/** `About 31 s with 8 at once; 84 MB read, 3 MB written; 12 may fail` */
export function forecastWords({ seconds, poolSize, bytesIn, bytesOut, failures }: JobForecast): string {
  const whole = seconds < 10 ? seconds : Math.round(seconds);
  const forecast = t('About {{duration}} with {{poolSize}} at once; {{read}} read, {{written}} written', {
    duration: duration(whole * 1_000),
    poolSize,
    read: bytes(bytesIn),
    written: bytes(bytesOut),
  });
  if (failures === 0) return forecast;
  return t('{{forecast}}; {{count, number}} may fail', { forecast, count: failures });
}
