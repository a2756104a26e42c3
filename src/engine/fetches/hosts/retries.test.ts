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

  it('are not made for what will not pass', () => {
    expect(new Tries().next(undefined, 3)).toBeUndefined();
  });
});
