import { expect, test } from 'vitest';
import type { Summary } from '../../../shared/result.ts';
import { forecastBySample } from './forecast-by-sample.ts';

const nothing = {} as Summary;

test('a sample foretells time, bytes and failures of the whole', async () => {
  const forecast = await forecastBySample(1_000, async ({ onResult }) => {
    for (let index = 0; index < 20; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      const status = index % 10 === 0 ? 'failed' : 'done';
      onResult({ index, input: `${index}`, status, ms: 2, bytesIn: 100, bytesOut: 10 });
    }
    return nothing;
  });
  expect(forecast).toMatchObject({
    items: 1_000,
    bytesIn: 100_000,
    bytesOut: 10_000,
    failures: 100,
    from: { kind: 'sample', items: 20 },
  });
  // A timer may come late, never early.
  expect(forecast?.seconds).toBeGreaterThan(1.5);
});

test('a sample that would take long is cut after a second, and what it began does not count', async () => {
  const forecast = await forecastBySample(600, async ({ onResult, signal }) => {
    for (let index = 0; !signal.aborted; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      onResult({ index, input: `${index}`, status: signal.aborted ? 'cancelled' : 'done', ms: 20 });
    }
    return nothing;
  });
  expect(forecast?.from.items).toBeGreaterThanOrEqual(8);
  expect(forecast?.from.items).toBeLessThanOrEqual(51);
  expect(forecast?.failures).toBe(0);
});

test('nothing is foretold from a few items, and not of a run that was stopped', async () => {
  const few = await forecastBySample(600, async ({ onResult }) => {
    onResult({ index: 0, input: 'a', status: 'done', ms: 1 });
    return nothing;
  });
  expect(few).toBeUndefined();
  const stopped = new AbortController();
  const none = await forecastBySample(
    600,
    async ({ onResult }) => {
      for (let index = 0; index < 20; index += 1)
        onResult({ index, input: `${index}`, status: 'done', ms: 1 });
      stopped.abort();
      return nothing;
    },
    stopped.signal,
  );
  expect(none).toBeUndefined();
});
