import { t } from '../../../languages/translate.ts';
import type { WatchedFolder } from '../../../shared/ipc/watched.ts';

/** How a watched folder stands, in a sentence. */
export function stateWords({ state, paused, problem, last }: WatchedFolder): string {
  switch (state) {
    case 'looking':
      return t('Looking for what is new…');
    case 'up-to-date':
      return (last?.counters.failed ?? 0) > 0 ? t('Watching: nothing new to do') : t('Watching: up to date');
    case 'waiting':
      return t('Waiting: looks for what is new when what is on now has ended');
    case 'working':
      return paused
        ? t('Working: its run is on. What comes in after it is left for later')
        : t('Working: its run is on');
    case 'paused':
      return t('Paused: what comes in is left for later');
    case 'gone':
      return t('The folder is not there. It is watched again when it is back');
    case 'failed':
      return problem ?? t('It cannot be kept up to date');
  }
}
