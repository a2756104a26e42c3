import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import type { Counters } from '../../shared/ipc/run.ts';
import { askBeforeClose } from './close-question.ts';

const counters = {
  done: 370,
  skipped: 5,
  failed: 1,
  cancelled: 0,
  total: 2_964,
  totalKnown: true,
} as Counters;

/** A window that closes as Electron's does: unless a listener prevents it. */
function closingWindow() {
  const window = Object.assign(new EventEmitter(), {
    closed: false,
    close() {
      const preventDefault = vi.fn();
      window.emit('close', { preventDefault });
      window.closed = preventDefault.mock.calls.length === 0;
    },
  });
  return window;
}

it('asks once in the middle of a run, and closes when the run may be stopped', async () => {
  const window = closingWindow();
  const answer = Promise.withResolvers<boolean>();
  const agree = vi.fn(() => answer.promise);
  askBeforeClose(window, () => counters, agree);
  window.close();
  window.close();
  expect(window.closed).toBe(false);
  answer.resolve(true);
  await setImmediate();
  expect(window.closed).toBe(true);
  expect(agree.mock.calls).toEqual([['376 of 2,964 are done. Stop the run?']]);
});

it('stays open when the run is to go on, and asks again the next time', async () => {
  const window = closingWindow();
  const agree = vi.fn(async () => false);
  askBeforeClose(window, () => counters, agree);
  for (let tries = 1; tries <= 2; tries += 1) {
    window.close();
    await setImmediate();
    expect(window.closed).toBe(false);
    expect(agree).toHaveBeenCalledTimes(tries);
  }
});

it('asks nothing where no run is on', () => {
  const window = closingWindow();
  const agree = vi.fn(async () => false);
  askBeforeClose(window, () => undefined, agree);
  window.close();
  expect(window.closed).toBe(true);
  expect(agree).not.toHaveBeenCalled();
});
