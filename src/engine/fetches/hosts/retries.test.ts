import { describe, expect, it } from 'vitest';
import { Tries } from './retries.ts';

const fault = { crowded: false, progress: false };

describe('tries', () => {
  it('wait longer each time, never quite as long as another item, and end after their number', () => {
    const waits = (): (number | undefined)[] => {
      const tries = new Tries();
      return Array.from({ length: 5 }, () => {
        tries.count += 1;
        return tries.next(fault, 4);
      });
    };
    const all = Array.from({ length: 50 }, waits);
    for (const each of all) {
      expect(each[4]).toBeUndefined();
      for (const [index, wait] of each.slice(0, 4).entries()) {
        expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
        expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
      }
    }
    expect(new Set(all.map(([first]) => first)).size).toBeGreaterThan(10);
  });

  it('wait at least as long as the server says, and not at all where that is absurd', () => {
    const tries = new Tries();
    tries.count = 1;
    expect(tries.next({ ...fault, afterMs: 20_000 }, 3)).toBe(20_000);
    expect(tries.next({ ...fault, afterMs: 3_600_000 }, 3)).toBeUndefined();
  });

  it('are not used up by attempts that brought the file on', () => {
    const tries = new Tries();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      tries.count += 1;
      expect(tries.next({ ...fault, progress: true }, 0)).toBeLessThan(1_000);
    }
  });

  it('are counted anew after each attempt that brought the file on, however many have failed before', () => {
    const tries = new Tries();
    const attempt = (progress: boolean) => {
      tries.count += 1;
      return tries.next({ ...fault, progress }, 2);
    };
    for (let again = 0; again < 5; again += 1) {
      expect([attempt(false), attempt(false), attempt(true)]).not.toContain(undefined);
    }
    expect([attempt(false), attempt(false), attempt(false)].map((wait) => wait === undefined)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('are not used up by refusals of a host that answers others, unless it means the item', () => {
    const refusal = { crowded: true, progress: false };
    const tries = new Tries();
    for (let refusals = 2; refusals <= 12; refusals += 2) {
      tries.count += 1;
      expect(
        tries.nextAfterRefusal({ ...refusal, afterMs: 1_000 }, 3, { answers: 20 * refusals, refusals }),
      ).toBe(1_000);
    }
    expect(tries.count).toBe(0);
    const meant = new Tries();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      meant.count += 1;
      const delay = meant.nextAfterRefusal(refusal, 3, { answers: 100 * attempt, refusals: attempt });
      if (attempt === 5) expect(delay).toBeUndefined();
      else expect(delay).toBeDefined();
    }
  });

  it('are used up by refusals of a host that answers nobody, and never made where none are wanted', () => {
    const refusal = { crowded: true, progress: false };
    const tries = new Tries();
    const delays = [1, 2, 3, 4].map((count) => {
      tries.count = count;
      return tries.nextAfterRefusal(refusal, 3, { answers: 0, refusals: 10 * count });
    });
    expect(delays[3]).toBeUndefined();
    const none = new Tries();
    none.count = 1;
    expect(none.nextAfterRefusal(refusal, 0, { answers: 50, refusals: 9 })).toBeUndefined();
  });

  it('are not made for what will not pass', () => {
    expect(new Tries().next(undefined, 3)).toBeUndefined();
  });
});
