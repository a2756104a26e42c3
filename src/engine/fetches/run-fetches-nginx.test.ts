import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Attempts } from '../../../test/attempts.ts';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { makeCertificates } from '../../../test/servers/certificates.ts';
import { startNginx, withNginx } from '../../../test/servers/nginx.ts';
import { restPathIn } from '../files/parts/part-name.ts';
import { partKeyOf, writeNote } from './parts/resumable-part.ts';

withNginx.describe('beside a real nginx', () => {
  it('a download goes on in the middle, and starts over when the file has changed', async () => {
    await using nginx = await startNginx('');
    await using attempts = new Attempts();
    const body = randomBytes(700_000);
    writeFileSync(join(nginx.root, 'a.bin'), body);
    const url = `${nginx.origin}/a.bin`;
    const whole = await attempts.make(url);
    if (whole.kind !== 'saved') throw new Error('Expected it to be saved');
    const version = { ...(whole.etag && { etag: whole.etag }), length: body.length };
    const interrupt = (bytes: Buffer) => {
      const part = restPathIn(attempts.folder, partKeyOf(url));
      writeFileSync(part, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      writeNote(attempts.context.settings, part, url, version, bytes.length, sha256);
    };
    const { output, sha256 } = whole;
    const owned = { output, bytes: body.length, sha256 };
    interrupt(body.subarray(0, 300_000));
    expect(await attempts.make(url, { owned })).toMatchObject({
      bytes: 700_000,
      received: 400_000,
      sha256: whole.sha256,
    });
    interrupt(body.subarray(0, 300_000));
    truncateSync(join(nginx.root, 'a.bin'), 500_000);
    expect(await attempts.make(url, { owned })).toMatchObject({
      bytes: 500_000,
      received: 500_000,
    });
    expect(readFileSync(whole.output).equals(body.subarray(0, 500_000))).toBe(true);
  });

  it('a second run asks with validators, and gzip is not asked for', async () => {
    await using nginx = await startNginx('gzip on; gzip_min_length 1; gzip_types text/plain;');
    const text = 'the same line again and again\n'.repeat(1_000);
    writeFileSync(join(nginx.root, 'a.txt'), text);
    using runs = new FetchRuns();
    const first = await runs.fetch([`${nginx.origin}/a.txt`]);
    expect(first.results[0]).toMatchObject({ status: 'done', bytesIn: text.length, bytesOut: text.length });
    expect((await runs.fetch([`${nginx.origin}/a.txt`])).summary).toMatchObject({ skipped: 1, bytesIn: 0 });
  });

  it('connections that it ends after a few requests cost no item', async () => {
    await using nginx = await startNginx('keepalive_requests 7;');
    for (let index = 0; index < 300; index += 1)
      writeFileSync(join(nginx.root, `${index}.txt`), `file ${index}`);
    using runs = new FetchRuns();
    const urls = [`${nginx.origin}/[0-299].txt`];
    const { summary } = await runs.fetch(urls, { perHost: 16, retries: 1 }, { poolSize: 16 });
    expect(summary).toMatchObject({ done: 300, failed: 0 });
    expect(statSync(join(runs.folder, '299.txt')).size).toBe(8);
  });

  it.each([6, 64])(
    'HTTP/2 connections that it ends in good order lose and repeat nothing, %i at once',
    async (perHost) => {
      const { good, ca } = makeCertificates();
      await using nginx = await startNginx('keepalive_requests 20;', good);
      const body = randomBytes(3_000);
      for (let index = 0; index < 500; index += 1) writeFileSync(join(nginx.root, `${index}.txt`), body);
      using runs = new FetchRuns();
      const caFile = join(nginx.root, 'ca.pem');
      writeFileSync(caFile, ca);
      const urls = [`${nginx.origin}/[0-499].txt`];
      const { summary } = await runs.fetch(
        urls,
        { perHost, retries: 0 },
        { poolSize: 64, access: { caFile } },
      );
      expect(summary).toMatchObject({ done: 500, failed: 0 });
      expect(nginx.requests()).toBe(500);
    },
  );
});
