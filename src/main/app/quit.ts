import type { App, Event } from 'electron';

type QuittingApp = Pick<App, 'quit'> & {
  on(name: 'before-quit', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
};

/**
 * Delays the quit until `shutDown` has finished, once: further attempts to quit change nothing meanwhile, and the quit
 * that follows goes ahead. It also goes ahead if `shutDown` fails, or the app could never be closed.
 */
export function quitAfter(app: QuittingApp, shutDown: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    shutDown()
      .catch((error: unknown) => console.error('Shutting down failed:', error))
      .finally(() => {
        state = 'closed';
        app.quit();
      });
  });
}
