import { describe, expect, it } from 'vitest';
import { Attempts } from '../../../../test/attempts.ts';
import { startServer } from '../../../../test/servers/test-server.ts';
import { Bandwidth } from './bandwidth.ts';

describe('a bandwidth limit', () => {
  it('is shared by all who take from it, and saves nothing up', () => {
    let now = process.hrtime.bigint() + 1_000_000_000n;
    const shared = Bandwidth.shared(1_000);
    const [one, other] = [1, 2].map(() => new Bandwidth(shared, () => now)) as [Bandwidth, Bandwidth];
    expect(one.take(500)).toBe(500);
    expect(other.take(500)).toBe(1_000);
    now += 10_000_000_000n;
    expect(one.take(100)).toBe(100);
  });

  it('can be put where there was none, taken away, and put again, for all who take from it', () => {
    const shared = Bandwidth.shared(undefined);
    const now = process.hrtime.bigint() + 1_000_000_000n;
    const [one, other] = [1, 2].map(() => new Bandwidth(shared, () => now)) as [Bandwidth, Bandwidth];
    expect([other.take(1_000_000), other.bytesPerSecond, other.isOwed]).toEqual([0, undefined, false]);
    one.allow(1_000);
    expect([other.take(500), other.bytesPerSecond, other.isOwed]).toEqual([500, 1_000, true]);
    one.allow(undefined);
    expect([other.take(500), other.bytesPerSecond, other.isOwed]).toEqual([0, undefined, false]);
    one.allow(2_000);
    expect([new Bandwidth(shared, () => now).take(500), other.bytesPerSecond]).toEqual([250, 2_000]);
  });

  it.each([
    ['large files by our own transport', 5, 400_000, {}],
    ['small files by our own transport', 40, 10_000, {}],
    ['large files by undici', 5, 400_000, { plainBy: 'undici' } as const],
    ['small files by undici', 40, 10_000, { plainBy: 'undici' } as const],
  ])('holds to 10 %% over several downloads at once: %s', async (_what, count, size, clients) => {
    const body = Buffer.alloc(size);
    await using server = await startServer((_request, response) => response.end(body));
    const bytesPerSecond = (count * size) / 1.0;
    const bandwidth = Bandwidth.shared(bytesPerSecond);
    const urls = Array.from({ length: count }, (_, index) => `${server.origin}/${index}`);
    const secondsOf = async (attempts: Attempts) => {
      const started = performance.now();
      await Promise.all(urls.map((url) => attempts.make(url)));
      return (performance.now() - started) / 1_000;
    };
    await using free = new Attempts({}, clients);
    await using limited = new Attempts({ bandwidth }, clients);
    const unlimited = await secondsOf(free);
    const seconds = await secondsOf(limited);
    expect((count * size) / seconds).toBeLessThan(bytesPerSecond * 1.1);
    // On a busy machine it is slower than the limit, as is the unlimited run.
    expect(seconds).toBeLessThan(2 + 3 * unlimited);
  });
});
