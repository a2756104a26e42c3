import prettyBytes from 'pretty-bytes';
import { language, t } from '../../languages/translate.ts';
import { byLanguage } from './by-language.ts';

const whole = byLanguage((tag) => new Intl.NumberFormat(tag));
const oneDigit = byLanguage((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }));
const day = byLanguage((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }));

export function count(value: number): string {
  return whole().format(value);
}

export function bytes(value: number): string {
  return prettyBytes(value, { locale: language(), maximumFractionDigits: value < 10_000_000 ? 1 : 0 });
}

/** Items a second: whole numbers once the fraction would only be noise. */
export function rate(perSecond: number): string {
  if (perSecond <= 0) return '0';
  return perSecond >= 20 ? whole().format(Math.round(perSecond)) : oneDigit().format(perSecond);
}

/** A duration: "840 ms", "4.2 s", "3 min 05 s", "1 h 12 min". */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${oneDigit().format(Math.floor(ms / 100) / 10)} s`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${pad(Math.floor((seconds % 3_600) / 60))} min`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The time left, deliberately coarse: an estimate that changes with every update is read as noise. */
export function timeLeft(seconds: number): string {
  if (seconds < 5) return t('a few seconds left');
  if (seconds < 55) return t('about {{seconds}} s left', { seconds: Math.ceil(seconds / 5) * 5 });
  if (seconds < 90) return t('about a minute left');
  if (seconds < 3_600) return t('about {{minutes}} min left', { minutes: Math.round(seconds / 60) });
  const hours = Math.round(seconds / 1_800) / 2;
  return t('about {{hours}} h left', { hours: oneDigit().format(hours) });
}

/** "just now", "5 min ago", "yesterday", "3 Nov". */
export function ago(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return t('just now');
  if (minutes < 60) return t('{{minutes}} min ago', { minutes });
  if (minutes < 24 * 60) return t('{{hours}} h ago', { hours: Math.floor(minutes / 60) });
  if (minutes < 48 * 60) return t('yesterday');
  return day().format(then);
}

/** Shortens a long name in the middle: names differ at their beginnings and ends. */
export function middleCut(name: string, most: number): string {
  if (name.length <= most) return name;
  const tail = Math.floor((most - 1) / 3);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(-tail)}`;
}
