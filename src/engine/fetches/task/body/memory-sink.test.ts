import { readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { body, codeOf, cutAfter } from '../../../../../test/attempts.ts';
import { byBothTransports } from '../../../../../test/servers/both-transports.ts';
import { routes, startServer } from '../../../../../test/servers/test-server.ts';
import { MemoryBudget } from '../../protocol/memory-budget.ts';

const mib = 1024 * 1024;
const large = Buffer.alloc(17 * mib, 'large');

byBothTransports((Attempts) => {
  describe('bodies that are not kept', () => {
    const sized = (mostBytes: number) => {
      const memory = { ...MemoryBudget.open(), mostBytes };
      return { attempts: new Attempts({ keep: 'memory', memory }), budget: new MemoryBudget(memory) };
    };
    const start = () =>
      startServer(
        routes({
          '/large*': (_request, response) => response.end(large),
          '/cut*': (_request, response) => cutAfter(response, 900_000),
          '/*': (_request, response) => response.end(body),
        }),
      );

    it('stay in memory while all together have room there, and wait in hidden files else', async () => {
      await using server = await start();
      const { attempts, budget } = sized(4 * mib);
      await using _closing = attempts;
      const urls = Array.from({ length: 6 }, (_, index) => `${server.origin}/${index}`);
      const made = [];
      for (const url of urls) made.push(await attempts.make(url));
      const files: string[] = [];
      for (const attempt of made) {
        if (attempt.kind !== 'gathered') throw new Error(codeOf(attempt));
        expect(attempt).toMatchObject({ bytes: body.length });
        if (attempt.file !== undefined) files.push(attempt.file);
        expect(body.equals(attempt.body ?? readFileSync(attempt.file ?? ''))).toBe(true);
      }
      expect(new Set(made.map((attempt) => attempt.kind === 'gathered' && attempt.sha256)).size).toBe(1);
      expect(files.length).toBeGreaterThan(0);
      expect(attempts.files()).toHaveLength(files.length);
      for (const name of attempts.files()) expect(name).toMatch(/^\.shoal-.*\.part$/);
      expect(budget.taken).toBe((made.length - files.length) * body.length);
    });

    it('never take more together than they may, however many come at once', async () => {
      await using server = await start();
      const { attempts, budget } = sized(3 * mib);
      await using _closing = attempts;
      let most = 0;
      const looking = setInterval(() => {
        most = Math.max(most, budget.taken);
      }, 1);
      const made = await Promise.all(
        Array.from({ length: 16 }, (_, index) => attempts.make(`${server.origin}/${index}`)),
      );
      clearInterval(looking);
      expect(new Set(made.map(codeOf))).toEqual(new Set(['gathered']));
      expect(most).toBeLessThanOrEqual(3 * mib);
    });

    it('that are large leave the memory to others', async () => {
      await using server = await start();
      const { attempts, budget } = sized(1024 * mib);
      await using _closing = attempts;
      const attempt = await attempts.make(`${server.origin}/large`);
      if (attempt.kind !== 'gathered') throw new Error(codeOf(attempt));
      expect(large.equals(readFileSync(attempt.file ?? ''))).toBe(true);
      expect(budget.taken).toBe(0);
    });

    it.each([
      ['that are cut', '/cut', {}, 'TRUNCATED'],
      ['that are not what the list says', '/a', { sha256: 'f'.repeat(64) }, 'CHECKSUM_MISMATCH'],
    ])('leave nothing behind: those %s', async (_what, path, item, code) => {
      await using server = await start();
      for (const mostBytes of [0, 500_000, 1_500_000, 100 * mib]) {
        const { attempts, budget } = sized(mostBytes);
        await using _closing = attempts;
        expect(codeOf(await attempts.make(server.origin + path, item))).toBe(code);
        expect(attempts.files()).toEqual([]);
        expect(budget.taken).toBe(0);
      }
    });

    it('name the folder where they cannot be written', async () => {
      await using server = await start();
      const { attempts, budget } = sized(500_000);
      await using _closing = attempts;
      rmSync(attempts.folder, { recursive: true });
      expect(await attempts.make(`${server.origin}/a`)).toMatchObject({
        error: { code: 'NOT_WRITABLE', message: `Cannot write ${attempts.folder}: does not exist` },
      });
      expect(budget.taken).toBe(0);
    });
  });

  describe('bodies that are packed beyond reason', () => {
    const bomb = gzipSync(Buffer.alloc(40 * mib));
    const dense = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index} `).join('')));
    const start = () =>
      startServer((request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(request.url === '/bomb' ? bomb : dense),
      );

    it.each(['file', 'memory'] as const)(
      'are refused, where no size was allowed for: to %s',
      async (keep) => {
        await using server = await start();
        await using attempts = new Attempts({ keep });
        const attempt = await attempts.make(`${server.origin}/bomb`);
        expect(attempt).toMatchObject({
          error: { code: 'TOO_LARGE', message: expect.stringContaining('unpacks to more than 100 times') },
        });
        expect(attempt).not.toHaveProperty('retry');
        expect(attempts.files()).toEqual([]);
      },
    );

    it('are taken up to the size that was allowed', async () => {
      await using server = await start();
      await using attempts = new Attempts({ maxBytes: 40 * mib });
      expect(await attempts.make(`${server.origin}/bomb`)).toMatchObject({ kind: 'saved', bytes: 40 * mib });
      await using strict = new Attempts({ maxBytes: 40 * mib - 1 });
      expect(codeOf(await strict.make(`${server.origin}/bomb`))).toBe('TOO_LARGE');
    });

    it('are not those that are packed as files are', async () => {
      await using server = await start();
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/dense`))).toBe('saved');
    });
  });
});
