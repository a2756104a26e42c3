import type { App, Event } from 'electron';

type QuittingApp = Pick<App, 'quit'> & {
  on(name: 'before-quit', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
};

/**
 * Delays the quit until `shutDown` has finished, once: further attempts to quit change nothing meanwhile, and the quit
 * that follows goes ahead. It also goes ahead if `shutDown` fails, or the app could never be closed.
 *
 * @returns what does it beforehand: the next quit then goes ahead at once.
 */
export function quitAfter(app: QuittingApp, shutDown: () => Promise<void>): () => Promise<void> {
  let state: 'running' | 'closing' | 'closed' = 'running';
  const close = async () => {
    state = 'closing';
    await shutDown().catch((error: unknown) => console.error('Shutting down failed:', error));
    state = 'closed';
  };
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    void close().then(() => app.quit());
  });
  return close;
}
