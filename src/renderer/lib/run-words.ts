import type { FormerRun } from '../../shared/ipc/history.ts';
import { bytes, count, counted, duration } from './format.ts';

/** What a run came to: "376 thumbnails, 84 MB → 485 kB, 13 could not be made". */
export function resultWords({ kind, counters, standing, undone }: FormerRun): string {
  const { done, skipped, failed, cancelled, total, bytesIn, bytesOut } = counters;
  const noun = nouns[kind];
  const parts = [counted(done, noun)];
  if (kind === 'thumbnails' && done > 0 && bytesIn > 0) parts.push(`${bytes(bytesIn)} → ${bytes(bytesOut)}`);
  if (kind === 'fetch' && bytesOut > 0) parts.push(bytes(bytesOut));
  if (skipped > 0) parts.push(`${count(skipped)} skipped`);
  if (failed > 0) parts.push(`${count(failed)} ${failedWords[kind]}`);
  const left = Math.max(cancelled, total - done - skipped - failed);
  if (standing === 'cancelled') parts.push(left > 0 ? `cancelled, ${count(left)} left undone` : 'cancelled');
  if (undone !== undefined) parts.push(`undone: ${counted(undone, 'file')} removed`);
  return parts.join(', ');
}

const nouns = { thumbnails: 'thumbnail', fetch: 'file', map: 'item' } as const;
const failedWords = { thumbnails: 'could not be made', fetch: 'failed', map: 'failed' } as const;

/** How far a run came that did not end: "stopped at 2,631 of 6,000". */
export function stoppedWords({ counters }: FormerRun): string {
  const { total, totalKnown, done, skipped } = counters;
  const at = `Not finished: stopped at ${count(done + skipped)}`;
  return totalKnown ? `${at} of ${count(total)}` : at;
}

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long' });
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const dayMs = 24 * 60 * 60 * 1_000;

/** "Today", "Yesterday", "Tuesday", "3 Nov 2026". */
export function dayWords(then: number, now: number): string {
  const days = Math.round((dayStart(now) - dayStart(then)) / dayMs);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return days < 7 ? weekday.format(then) : date.format(then);
}

export function timeWords(then: number): string {
  return clock.format(then);
}

/** "Today 14:02 · 31 s" */
export function whenWords({ startedAt, seconds }: FormerRun, now: number): string {
  return `${dayWords(startedAt, now)} ${timeWords(startedAt)} · ${duration(seconds * 1_000)}`;
}

function dayStart(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
