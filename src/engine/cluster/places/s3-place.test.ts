import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startS3 } from '../../../../test/servers/s3-server.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { S3Place } from './s3-place.ts';

async function keys(place: S3Place, prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const key of place.list(prefix)) found.push(key);
  return found.sort();
}

describe('a place in an object storage', () => {
  it('keeps what is written under a key, below its prefix', async () => {
    await startS3();
    const [place, whole] = [await S3Place.open('s3://photos/some/set/'), await S3Place.open('s3://photos')];
    expect(place.title).toBe('s3://photos/some/set');
    await place.write('a/ä b+c.json', 'first');
    await place.write('a/ä b+c.json', 'second');
    expect((await place.read('a/ä b+c.json'))?.toString()).toBe('second');
    expect(await place.read('a/other')).toBeUndefined();
    await place.write('b/1', '');
    expect(await keys(place)).toEqual(['a/ä b+c.json', 'b/1']);
    expect(await keys(place, 'a/')).toEqual(['a/ä b+c.json']);
    expect(await keys(whole)).toEqual(['some/set/a/ä b+c.json', 'some/set/b/1']);
    await place.remove('b/1');
    await place.remove('b/1');
    expect(await place.read('b/1')).toBeUndefined();
  });

  it('lets one of several create a key', async () => {
    await startS3();
    const place = await S3Place.open('s3://photos/x');
    const created = await Promise.all(
      Array.from({ length: 8 }, (_, who) => place.create('owner-1.json', `${who}`)),
    );
    expect(created.filter(Boolean)).toHaveLength(1);
    expect((await place.read('owner-1.json'))?.toString()).toBe(String(created.indexOf(true)));
  });

  it('takes a file, a large one in parts, and notes its digest', async () => {
    const server = await startS3();
    const place = await S3Place.open('s3://photos/x');
    const file = join(tempFolder(), 'large.tar');
    const content = Buffer.alloc(40 * 1024 * 1024, 'abcdefg');
    writeFileSync(file, content);
    await place.take('large.tar', file);
    expect(existsSync(file)).toBe(false);
    expect(server.requests.filter((request) => request.includes('partNumber'))).toHaveLength(3);
    expect((await place.read('large.tar'))?.equals(content)).toBe(true);
    expect((await place.look('large.tar'))?.bytes).toBe(content.length);
    const copy = join(tempFolder(), 'copy.tar');
    await place.fetch('large.tar', copy);
    expect(readFileSync(copy).equals(content)).toBe(true);
  });

  it('leaves no parts of an upload that fails', async () => {
    const server = await startS3();
    const place = await S3Place.open('s3://photos/x');
    const file = join(tempFolder(), 'large.tar');
    writeFileSync(file, Buffer.alloc(20 * 1024 * 1024));
    server.failNext(/partNumber=2/, 403);
    await expect(place.take('large.tar', file)).rejects.toThrow(
      /s3:\/\/photos\/x\/large.tar: the server answers 403/,
    );
    expect(server.requests.some((request) => /^DELETE .*uploadId/.test(request))).toBe(true);
    expect(await place.read('large.tar')).toBeUndefined();
    expect(existsSync(file)).toBe(true);
  });

  it('tries again what may pass', async () => {
    const server = await startS3();
    const place = await S3Place.open('s3://photos/x');
    server.failNext(/^PUT/, 503, 2);
    await place.write('a', 'text');
    expect((await place.read('a'))?.toString()).toBe('text');
  });

  it('tries again what is never answered', async () => {
    const server = await startS3();
    const place = await S3Place.open('s3://photos/x', { idleMs: 300 });
    server.hangNext(/^PUT/);
    server.hangNext(/^GET.*\/a$|^GET.*\/a\?/);
    await place.write('a', 'text');
    expect((await place.read('a'))?.toString()).toBe('text');
  });

  it('that cannot be used is wrong usage, with the reason', async () => {
    await startS3();
    await expect(S3Place.open('s3://none/x')).rejects.toThrow(
      /s3:\/\/none\/x\/.*: there is no such bucket\./,
    );
    await expect(S3Place.open('s3://')).rejects.toThrow(/Expected s3:\/\/bucket\/prefix/);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'nobody');
    await expect(S3Place.open('s3://photos')).rejects.toThrow(/does not know the access key/);
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    await expect(S3Place.open('s3://photos')).rejects.toThrow(/nothing answers at the endpoint/);
  });
});
