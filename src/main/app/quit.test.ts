import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { quitAfter } from './quit.ts';

/** An app that quits as Electron does: unless a listener prevents it. */
function quittingApp() {
  const events = new EventEmitter();
  const app = {
    ended: false,
    on: (name: 'before-quit', listener: (event: { preventDefault(): void }) => void) =>
      events.on(name, listener),
    quit() {
      let prevented = false;
      events.emit('before-quit', {
        preventDefault: () => {
          prevented = true;
        },
      });
      if (!prevented) app.ended = true;
    },
  };
  return app;
}

it('holds the quit until the shutdown is through, however often it is asked', async () => {
  const app = quittingApp();
  const closing = Promise.withResolvers<void>();
  const shutDown = vi.fn(() => closing.promise);
  quitAfter(app, shutDown);
  app.quit();
  app.quit();
  await setImmediate();
  expect(app.ended).toBe(false);
  closing.resolve();
  await setImmediate();
  expect(app.ended).toBe(true);
  expect(shutDown).toHaveBeenCalledOnce();
});

it('quits although the shutdown failed', async () => {
  const app = quittingApp();
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
  quitAfter(app, () => Promise.reject(new Error('stuck')));
  app.quit();
  await setImmediate();
  expect(app.ended).toBe(true);
  expect(complaint).toHaveBeenCalled();
});
