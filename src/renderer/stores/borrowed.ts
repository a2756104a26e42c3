import { createStore } from 'zustand/vanilla';
import type { Prepared } from '../../shared/ipc/history.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { appStore, changeSettings } from './app.ts';
import { jobStore } from './job.ts';

type Own = Pick<Settings, 'thumbnails' | 'fetch' | 'map' | 'recursive'> & {
  readonly job: ReturnType<typeof jobStore.getState>;
};

interface Borrowed {
  /** The person's own settings, to go back to. */
  readonly own: Own;
  readonly from: Pick<Prepared, 'title' | 'needs'>;
}

/** The settings on screen where they are those of a former run, or of an entry of the queue. */
export const borrowedStore = createStore<{ readonly borrowed: Borrowed | undefined }>(() => ({
  borrowed: undefined,
}));

/** Takes over the settings of what was prepared. */
export function borrow({
  kind,
  thumbnails,
  fetch,
  map,
  recursive,
  force,
  output,
  session,
  handsOut: _handsOut,
  ...from
}: Prepared): void {
  const { settings } = appStore.getState();
  const own = borrowedStore.getState().borrowed?.own ?? {
    thumbnails: settings.thumbnails,
    fetch: settings.fetch,
    map: settings.map,
    recursive: settings.recursive,
    job: jobStore.getState(),
  };
  changeSettings({
    ...(thumbnails && { thumbnails }),
    ...(fetch && { fetch }),
    ...(map && { map }),
    ...(recursive !== undefined && { recursive }),
  });
  jobStore.setState(({ outputs: { [kind]: _, ...others }, session: sessions }) => ({
    force,
    session: { ...sessions, [kind]: session },
    outputs: { ...others, ...(output && { [kind]: output }) },
  }));
  borrowedStore.setState({ borrowed: { own, from } });
}

/** Goes back to the person's own settings. */
export function giveBack(): void {
  const { borrowed } = borrowedStore.getState();
  if (borrowed === undefined) return;
  const { job, ...settings } = borrowed.own;
  changeSettings(settings);
  jobStore.setState(job);
  keepBorrowed();
}

/** What was borrowed are the person's own settings from now on. */
export function keepBorrowed(): void {
  borrowedStore.setState({ borrowed: undefined });
}
