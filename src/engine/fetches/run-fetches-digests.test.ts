import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { startServer } from '../../../test/servers/test-server.ts';

const digest = (kind: 'sha256' | 'md5', of: string | Buffer) => createHash(kind).update(of).digest('hex');
const right = { sha256: digest('sha256', 'hello'), md5: digest('md5', 'hello') };
const wrong = { sha256: digest('sha256', 'other'), md5: digest('md5', 'other') };
const kinds = ['sha256', 'md5'] as const;

/** A server of one text that knows validators, and whose text may change. */
async function start(file: { bytes: string | Buffer; etag?: string }) {
  return startServer((request, response) => {
    const { bytes, etag } = file;
    if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, etag === undefined ? {} : { etag }).end(bytes);
  });
}

const list = (origin: string, demands: Readonly<Record<string, string>> = {}) =>
  [['url', ...Object.keys(demands)].join(','), [`${origin}/a.txt`, ...Object.values(demands)].join(',')].join(
    '\n',
  );
const mismatch = [{ status: 'failed', error: { code: 'CHECKSUM_MISMATCH' } }];
const unchanged = [{ status: 'skipped', reason: 'unchanged' }];

describe('what the list demands of a file that is there already', () => {
  it.each(kinds)('is noticed where it is not so (%s), and the file that is there stays', async (kind) => {
    for (const etag of ['"one"', undefined]) {
      for (const recipe of [
        {},
        { recheck: false },
        { dedupe: 'link' as const },
        { dedupe: 'skip' as const },
      ]) {
        await using server = await start({ bytes: 'hello', ...(etag !== undefined && { etag }) });
        using runs = new FetchRuns();
        await runs.fetch(list(server.origin));
        const again = await runs.fetch(list(server.origin, { [kind]: wrong[kind] }), recipe);
        expect(again.results).toMatchObject(mismatch);
        expect(readFileSync(join(runs.folder, 'a.txt'), 'utf8')).toBe('hello');
      }
    }
  });

  it.each(kinds)('is compared without a request where it is so (%s)', async (kind) => {
    await using server = await start({ bytes: 'hello', etag: '"one"' });
    using runs = new FetchRuns();
    await runs.fetch(list(server.origin));
    const again = await runs.fetch(list(server.origin, { [kind]: right[kind] }));
    expect(again.results).toMatchObject(unchanged);
    expect(server.requests).toHaveLength(1);
  });

  it.each(kinds)('is compared with its bytes, if somebody has changed them since (%s)', async (kind) => {
    await using server = await start({ bytes: 'hello', etag: '"one"' });
    using runs = new FetchRuns();
    await runs.fetch(list(server.origin, { [kind]: right[kind] }));
    writeFileSync(join(runs.folder, 'a.txt'), 'jello');
    const again = await runs.fetch(list(server.origin, { [kind]: right[kind] }), { recheck: false });
    expect(again.results).toMatchObject([{ status: 'done', sha256: right.sha256 }]);
    expect(readFileSync(again.results[0]?.output ?? '', 'utf8')).toBe('hello');
    expect(readFileSync(join(runs.folder, 'a.txt'), 'utf8')).toBe('jello');
  });

  it('is fetched anew where the list now wants the newer version', async () => {
    const file = { bytes: 'hello', etag: '"one"' };
    await using server = await start(file);
    using runs = new FetchRuns();
    await runs.fetch(list(server.origin));
    file.bytes = 'other';
    const again = await runs.fetch(list(server.origin, { sha256: wrong.sha256 }), { recheck: false });
    expect(again.results).toMatchObject([{ status: 'done', sha256: wrong.sha256 }]);
    expect(runs.files()).toEqual(['a.txt']);
  });

  it('is told by both digests where both are listed', async () => {
    await using server = await start({ bytes: 'hello', etag: '"one"' });
    using runs = new FetchRuns();
    await runs.fetch(list(server.origin));
    const both = { sha256: right.sha256, md5: wrong.md5 };
    expect((await runs.fetch(list(server.origin, both))).results).toMatchObject(mismatch);
  });

  it('is compared for each of two lines that list the URL with other digests', async () => {
    await using server = await start({ bytes: 'hello', etag: '"one"' });
    using runs = new FetchRuns();
    const lines = `${list(server.origin, { sha256: right.sha256 })}\n${server.origin}/a.txt,${wrong.sha256}`;
    for (const status of ['done', 'skipped']) {
      const { results } = await runs.fetch(lines);
      expect(results.map((result) => result.error?.code ?? result.status).sort()).toEqual([
        'CHECKSUM_MISMATCH',
        status,
      ]);
    }
  });

  it('is compared where only its thumbnail is kept', async () => {
    const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    await using server = await start({ bytes: image, etag: '"one"' });
    using runs = new FetchRuns();
    const recipe = { originals: false, thumbnail: {} };
    const demanding = (sha256: string) => list(server.origin, { sha256, name: 'a.png' });
    expect((await runs.fetch(demanding(digest('sha256', image)), recipe)).summary).toMatchObject({ done: 1 });
    expect((await runs.fetch(demanding(digest('sha256', image)), recipe)).results).toMatchObject(unchanged);
    expect(server.requests).toHaveLength(1);
    expect((await runs.fetch(demanding(wrong.sha256), recipe)).results).toMatchObject(mismatch);
  });
});
