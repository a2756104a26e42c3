import { expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { servingAtOnce } from '../../../test/servers/serving-at-once.ts';
import { startServer } from '../../../test/servers/test-server.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';

/** More than any machine fetches while a test looks. */
const many = (origin: string) => Array.from({ length: 50_000 }, (_, index) => `${origin}/${index}.txt`);

it('an automatic pool grows to what a server serves at once, and not much further', {
  timeout: 120_000,
}, async () => {
  const served = servingAtOnce(12, 100);
  await using server = await startServer(served.listener);
  using runs = new FetchRuns();
  const poolSize = LivePoolSize.automatic(3, 128);
  const aborting = new AbortController();
  const running = runs.fetch(many(server.origin), { perHost: 256 }, { poolSize, signal: aborting.signal });
  const isNear = () =>
    poolSize.summary().settledAfterSeconds !== undefined && poolSize.size >= 9 && poolSize.size <= 18;
  await waitUntil(isNear, 'it is near what the server serves at once', 90_000);
  aborting.abort();
  const { summary } = await running;
  expect(summary.pool).toMatchObject({ automatic: true, settledAfterSeconds: expect.any(Number) });
});

it('a hand on the size ends what is automatic', { timeout: 60_000 }, async () => {
  const served = servingAtOnce(64, 20);
  await using server = await startServer(served.listener);
  using runs = new FetchRuns();
  const poolSize = LivePoolSize.automatic(2, 128);
  const aborting = new AbortController();
  let ended = 0;
  const running = runs.fetch(
    many(server.origin),
    { perHost: 256 },
    {
      poolSize,
      signal: aborting.signal,
      onResult: () => {
        ended += 1;
      },
    },
  );
  await waitUntil(() => poolSize.size > 2, 'it has grown by itself', 60_000);
  poolSize.resize(3);
  const before = ended;
  // At 20 ms an item, a pool of 3 shows more than three windows of measuring.
  await waitUntil(() => ended > before + 150, 'it has gone on', 60_000);
  expect([poolSize.size, poolSize.automatic]).toEqual([3, false]);
  aborting.abort();
  const { summary } = await running;
  expect(summary.pool).toEqual({ size: 3, automatic: false });
});

it('no host is asked for more at once than its limit, and the size does not grow for it', {
  timeout: 60_000,
}, async () => {
  const served = servingAtOnce(64, 20);
  await using server = await startServer(served.listener);
  using runs = new FetchRuns();
  const poolSize = LivePoolSize.automatic(4, 128);
  const urls = many(server.origin).slice(0, 300);
  const { summary } = await runs.fetch(urls, { perHost: 3 }, { poolSize });
  expect(summary).toMatchObject({ done: 300, pool: { size: 4, automatic: true } });
  expect(served.mostAsked).toBe(3);
});
