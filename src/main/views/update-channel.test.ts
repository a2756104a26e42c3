import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UpdateChannel } from './update-channel.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const sent: { sequence: number; at: number; value: number }[] = [];
  const state = { value: 0 };
  const channel = new UpdateChannel<{ sequence: number; value: number }>({
    make: (sequence) => ({ sequence, value: state.value }),
    send: (message) => sent.push({ ...message, at: performance.now() }),
  });
  const change = (): void => {
    state.value += 1;
    channel.touch();
  };
  return { channel, sent, change };
}

it('tells a change at once, and what follows within a tenth of a second in one message', () => {
  const { channel, sent, change } = open();
  change();
  vi.advanceTimersByTime(1);
  channel.acknowledge(1);
  for (let each = 0; each < 50; each += 1) change();
  vi.advanceTimersByTime(200);
  expect(sent.map(({ sequence, value }) => [sequence, value])).toEqual([
    [1, 1],
    [2, 51],
  ]);
  expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBeGreaterThanOrEqual(100);
});

it('sends at most ten messages a second, however much happens and however fast the page is', () => {
  const { channel, sent, change } = open();
  for (let ms = 0; ms < 5_000; ms += 1) {
    change();
    vi.advanceTimersByTime(1);
    channel.acknowledge(sent.length);
  }
  for (let second = 0; second < 4; second += 0.1) {
    const within = sent.filter(({ at }) => at >= second * 1000 && at < second * 1000 + 1000);
    expect(within.length).toBeLessThanOrEqual(10);
  }
  expect(sent.length).toBeGreaterThan(40);
});

it('holds the next message until the page has acknowledged the last', () => {
  const { channel, sent, change } = open();
  change();
  vi.advanceTimersByTime(1);
  change();
  vi.advanceTimersByTime(10_000);
  expect(sent).toHaveLength(1);
  channel.acknowledge(0);
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(1);
  channel.acknowledge(1);
  vi.advanceTimersByTime(1);
  expect(sent.map(({ value }) => value)).toEqual([1, 2]);
});

it('goes on for a page that was reloaded and will never acknowledge what it has not seen', () => {
  const { channel, sent, change } = open();
  change();
  vi.advanceTimersByTime(1);
  change();
  channel.reopen();
  vi.advanceTimersByTime(200);
  expect(sent.map(({ sequence }) => sequence)).toEqual([1, 2]);
});

it('sends nothing where nothing changed, and nothing after its end', () => {
  const { channel, sent, change } = open();
  vi.advanceTimersByTime(1_000);
  change();
  channel.close();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([]);
});
