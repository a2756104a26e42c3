import { describe, expect, it } from 'vitest';
import { OutcomeFlushSize } from './outcome-flush-size.ts';

/** A thread whose idle and active time the test sets. */
function thread() {
  const loop = { idle: 0, active: 0, utilization: 0 };
  const batch = new OutcomeFlushSize(() => ({ ...loop }));
  return (active: number, idle: number): number => {
    loop.active += active;
    loop.idle += idle;
    batch.look();
    return batch.most;
  };
}

describe('the outcomes told together', () => {
  it('are few while the thread waits for its sockets, so that the next requests leave soon', () => {
    const passes = thread();
    expect(passes(10, 45)).toBe(4);
  });

  it('are many while the thread is busy all the time, and few again when it waits', () => {
    const passes = thread();
    expect(passes(50, 2)).toBe(16);
    expect(passes(10, 45)).toBe(4);
  });

  it('are not changed by a moment', () => {
    const passes = thread();
    expect(passes(5, 0)).toBe(4);
    expect(passes(5, 50)).toBe(4);
  });
});
