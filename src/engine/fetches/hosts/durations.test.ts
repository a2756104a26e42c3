import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Durations } from './durations.ts';

it('tells quantiles to within a tenth, or a tenth of a millisecond', () => {
  const some = fc.array(fc.double({ min: 0.2, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(some, fc.constantFrom(0.5, 0.95), (all, share) => {
      const durations = new Durations();
      for (const ms of all) durations.add(ms);
      const right = all.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * all.length) - 1)] as number;
      expect(Math.abs(durations.quantile(share) - right)).toBeLessThan(0.1 * right + 0.1);
    }),
  );
});

it('takes durations of any length', () => {
  const durations = new Durations();
  expect(durations.quantile(0.5)).toBe(0);
  durations.add(0);
  expect(durations.quantile(0.5)).toBeLessThan(0.2);
  for (let more = 0; more < 3; more += 1) durations.add(1e9);
  expect(durations.quantile(0.95)).toBeGreaterThan(500_000);
});
