import { expect, test } from 'vitest';
import { waitUntil } from '../../../../test/wait-until.ts';
import { CancelFlags, CancelSignals } from './cancel-flags.ts';

test('cancelling a run aborts its signal and no other', async () => {
  const flags = new CancelFlags();
  const signals = new CancelSignals(flags.buffer);
  const [first, second] = [flags.acquire(), flags.acquire()];
  const [one, other] = [signals.signal(first), signals.signal(second)];
  flags.cancel(first);
  await waitUntil(() => one.aborted, 'the signal aborts');
  expect(other.aborted).toBe(false);
  flags.cancel(second);
});

test('the items of one run share a signal, and one cancelled before it is asked for is aborted', () => {
  const flags = new CancelFlags();
  const signals = new CancelSignals(flags.buffer);
  const slot = flags.acquire();
  expect(signals.signal(slot)).toBe(signals.signal(slot));
  flags.cancel(slot);
  expect(new CancelSignals(flags.buffer).signal(slot).aborted).toBe(true);
});

test('a slot that was given back starts afresh in the next run', async () => {
  const flags = new CancelFlags();
  const signals = new CancelSignals(flags.buffer);
  const slots = Array.from({ length: 256 }, () => flags.acquire());
  expect(() => flags.acquire()).toThrow(/256 runs/);
  const slot = slots[7] ?? 0;
  const before = signals.signal(slot);
  flags.release(slot);
  await waitUntil(() => before.aborted, 'the old signal aborts');
  expect(flags.acquire()).toBe(slot);
  expect(signals.signal(slot).aborted).toBe(false);
  flags.cancel(slot);
});
