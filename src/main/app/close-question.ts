import type { BrowserWindow, Event } from 'electron';
import { t } from '../../languages/translate.ts';
import type { Counters } from '../../shared/ipc/run.ts';

type ClosingWindow = Pick<BrowserWindow, 'close'> & {
  on(name: 'close', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
};

/**
 * Holds the close of a window in the middle of a run until `agree` has said that the run may be stopped. Asks once,
 * however often it is tried meanwhile.
 *
 * @param counters of the run that closing would stop, if there is one.
 */
export function askBeforeClose(
  window: ClosingWindow,
  counters: () => Counters | undefined,
  agree: (question: string) => Promise<boolean>,
): void {
  let state: 'open' | 'asking' | 'agreed' = 'open';
  window.on('close', (event) => {
    const run = counters();
    if (run === undefined || state === 'agreed') return;
    event.preventDefault();
    if (state === 'asking') return;
    state = 'asking';
    agree(questionOf(run))
      .catch(() => false)
      .then((stop) => {
        state = stop ? 'agreed' : 'open';
        if (stop) window.close();
      });
  });
}

export function questionOf({ done, skipped, failed, cancelled, total, totalKnown }: Counters): string {
  const values = { ended: done + skipped + failed + cancelled, total };
  return totalKnown
    ? t('{{ended, number}} of {{total, number}} are done. Stop the run?', values)
    : t('{{ended, number}} of at least {{total, number}} are done. Stop the run?', values);
}
