import { listen, request } from '../ipc/api.ts';
import { loadApp, writeSettings } from '../stores/app.ts';
import { loadQueueChoice } from '../stores/machines/machines.ts';
import { loadCrash } from '../stores/notes/crash.ts';
import { followUpdates } from '../stores/notes/updates.ts';
import { followPreview } from '../stores/preview.ts';
import { attempt } from '../stores/problem.ts';
import { followQueue } from '../stores/queue.ts';
import { loadRecent } from '../stores/recent.ts';
import { followSamples } from '../stores/samples.ts';
import { showDialog } from '../stores/screen.ts';
import { followTunedInputs, takeTune } from '../stores/tune.ts';
import { followWatched } from '../stores/watched/watched-folders.ts';
import { takeGiven } from './run-actions.ts';
import { followRuns, showRun } from './run-updates.ts';
import { showMain } from './screens.ts';
import { followSelection } from './selecting.ts';

/** Listens to main's events and fetches what main sent before this page existed. Returns how to stop listening. */
export function connectToMain(): () => void {
  const stops = [
    followRuns(),
    followQueue(),
    followWatched(),
    followUpdates(),
    listen('tune:update', takeTune),
    followTunedInputs(),
    listen('inputs:opened', takeGiven),
    listen('dialog:show', ({ dialog }) => showDialog(dialog)),
    followPreview(),
    followSamples(),
    followSelection(),
  ];
  window.addEventListener('pagehide', writeSettings);
  void attempt(async () => {
    await Promise.all([loadApp(), loadQueueChoice()]);
    // A run may be on already: the page was reloaded, or the app started a run from its arguments.
    await showRun();
    showMain();
    takeGiven(await request('inputs:take-opened'));
  });
  void loadRecent();
  void loadCrash();
  return () => {
    window.removeEventListener('pagehide', writeSettings);
    for (const stop of stops) stop();
  };
}
