import { t } from '../../languages/translate.ts';
import type { FormerRun } from '../../shared/ipc/history.ts';
import { byLanguage } from './by-language.ts';
import { bytes, count, duration } from './format.ts';

/** What a run came to: "376 thumbnails, 84 MB → 485 kB, 13 could not be made". */
export function resultWords({ kind, counters, standing, undone }: FormerRun): string {
  const { done, skipped, failed, cancelled, total, bytesIn, bytesOut } = counters;
  const parts = [madeWords[kind](done)];
  if (kind === 'thumbnails' && done > 0 && bytesIn > 0) parts.push(`${bytes(bytesIn)} → ${bytes(bytesOut)}`);
  if (kind === 'fetch' && bytesOut > 0) parts.push(bytes(bytesOut));
  if (skipped > 0) parts.push(t('{{count, number}} skipped', { count: skipped }));
  if (failed > 0)
    parts.push(
      t(kind === 'thumbnails' ? '{{count, number}} could not be made' : '{{count, number}} failed', {
        count: failed,
      }),
    );
  const left = Math.max(cancelled, total - done - skipped - failed);
  if (standing === 'cancelled') parts.push(t('cancelled'));
  if (standing === 'cancelled' && left > 0) parts.push(t('{{count, number}} left undone', { count: left }));
  if (undone !== undefined) parts.push(t('undone: {{count, number}} files removed', { count: undone }));
  return parts.join(', ');
}

const madeWords = {
  thumbnails: (made: number) => t('{{count, number}} thumbnails', { count: made }),
  fetch: (made: number) => t('{{count, number}} files', { count: made }),
  map: (made: number) => t('{{count, number}} items', { count: made }),
} as const;

/** What a former run came to, or how far it came. */
export function outcomeWords(run: FormerRun): string {
  switch (run.standing) {
    case 'running':
      return t('On now');
    case 'unfinished':
      return stoppedWords(run);
    case 'left':
      return t('Not followed to its end: {{result}}', { result: resultWords(run) });
    default:
      return resultWords(run);
  }
}

/** How far a run came that did not end: "stopped at 2,631 of 6,000". */
export function stoppedWords({ counters }: FormerRun): string {
  const { total, totalKnown, done, skipped } = counters;
  const at = count(done + skipped);
  return totalKnown
    ? t('Not finished: stopped at {{at}} of {{total}}', { at, total: count(total) })
    : t('Not finished: stopped at {{at}}', { at });
}

const clock = byLanguage(
  (tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const weekday = byLanguage((tag) => new Intl.DateTimeFormat(tag, { weekday: 'long' }));
const date = byLanguage(
  (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' }),
);
const dayMs = 24 * 60 * 60 * 1_000;

/** "Today", "Yesterday", "Tuesday", "3 Nov 2026". */
export function dayWords(then: number, now: number): string {
  const days = Math.round((dayStart(now) - dayStart(then)) / dayMs);
  if (days <= 0) return t('Today');
  if (days === 1) return t('Yesterday');
  return days < 7 ? weekday().format(then) : date().format(then);
}

export function timeWords(then: number): string {
  return clock().format(then);
}

/** "Today 14:02 · 31 s" */
export function whenWords({ startedAt, seconds }: FormerRun, now: number): string {
  return `${dayWords(startedAt, now)} ${timeWords(startedAt)} · ${duration(seconds * 1_000)}`;
}

function dayStart(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
