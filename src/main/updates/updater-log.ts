import type { Logger } from 'electron-updater';
import type { CrashReports } from '../crash/crash-reports.ts';

/** What electron-updater tells goes into the log of this start; only what went wrong in it is of interest later. */
export function updaterLog(reports: Pick<CrashReports, 'note'>): Logger {
  const note = (text: unknown) => reports.note(`updates: ${String(text).split('\n', 1)[0]}`);
  return { info: () => {}, warn: note, error: note };
}
