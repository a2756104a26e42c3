import { listen, request } from '../ipc/api.ts';
import { loadApp, writeSettings } from '../stores/app.ts';
import { followPreview } from '../stores/preview.ts';
import { attempt } from '../stores/problem.ts';
import { loadRecent } from '../stores/recent.ts';
import { takeTune } from '../stores/tune.ts';
import { takeGiven } from './run-actions.ts';
import { followRuns, showRun } from './run-updates.ts';

/** Everything that main tells or was told before this page was there. Returns how to stop listening. */
export function connectToMain(): () => void {
  const stops = [
    followRuns(),
    listen('tune:update', takeTune),
    listen('inputs:opened', takeGiven),
    followPreview(),
  ];
  window.addEventListener('pagehide', writeSettings);
  void attempt(async () => {
    await loadApp();
    // A run may be on already: this page was reloaded, or it was started by what was given to the app.
    await showRun();
    takeGiven(await request('inputs:take-opened'));
  });
  void loadRecent();
  return () => {
    window.removeEventListener('pagehide', writeSettings);
    for (const stop of stops) stop();
  };
}
