import { describe, expect, it } from 'vitest';
import { Attempts } from '../../testing/attempts.ts';
import { startServer } from '../../testing/test-server.ts';
import { Bandwidth } from './bandwidth.ts';

describe('a bandwidth limit', () => {
  it('is shared by all who take from it, and saves nothing up', () => {
    let now = 0n;
    const clock = Bandwidth.clock();
    const [one, other] = [1, 2].map(() => new Bandwidth(1_000, clock, () => now)) as [Bandwidth, Bandwidth];
    expect(one.take(500)).toBe(500);
    expect(other.take(500)).toBe(1_000);
    now = 10_000_000_000n;
    expect(one.take(100)).toBe(100);
  });

  it('holds to 10 % over several downloads at once', async () => {
    const body = Buffer.alloc(400_000);
    await using server = await startServer((_request, response) => response.end(body));
    const bytesPerSecond = 2_000_000;
    await using attempts = new Attempts({ bandwidth: { bytesPerSecond, clock: Bandwidth.clock() } });
    const started = performance.now();
    await Promise.all([1, 2, 3, 4, 5].map((index) => attempts.make(`${server.origin}/${index}`)));
    const seconds = (performance.now() - started) / 1_000;
    const speed = (5 * body.length) / seconds;
    expect(speed).toBeLessThan(bytesPerSecond * 1.1);
    // A busy machine may be slower than the limit, never quicker.
    expect(speed).toBeGreaterThan(bytesPerSecond * 0.5);
  });
});
