import type { App, Event } from 'electron';

type QuittingApp = Pick<App, 'quit'> & {
  on(name: 'before-quit', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
};

/**
 * Holds the quit until `shutDown` is through, once: asking again while it works changes nothing, and the quit
 * that follows it goes ahead. A shutdown that fails must not make an app that cannot be closed.
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
