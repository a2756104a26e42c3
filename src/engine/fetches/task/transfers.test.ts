import { readFileSync, rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { Attempts } from '../../../../test/attempts.ts';
import { randomFrom } from '../../../../test/codecs/jpeg/samples.ts';
import { makeCertificates } from '../../../../test/servers/certificates.ts';
import { startRawServer } from '../../../../test/servers/raw-server.ts';
import { UnrulyFile } from '../../../../test/servers/unruly-file.ts';
import { Tries } from '../hosts/retries.ts';
import type { Attempt } from '../protocol/protocol.ts';

/** `npm run test:transfers` makes 10,000; SHOAL_SEED makes others. */
const transfers = Number(process.env.SHOAL_TRANSFERS ?? 500);
const seed = Number(process.env.SHOAL_SEED ?? 1);
const atOnce = 8;
/** Far more than any transfer needs whose attempts bring the file on: one that needs more would never end. */
const mostAttempts = 300;

const ended = { done: 0, failed: 0, attempts: 0 };
afterAll(() => {
  console.info(`Transfers: ${ended.done} done, ${ended.failed} failed, ${ended.attempts} attempts.`);
});

it.each(['http by our own transport', 'http by undici', 'https'])(
  'whatever a server does, a file that is done is one of its versions, whole: %s',
  async (way) => {
    const certificates = way === 'https' ? makeCertificates() : undefined;
    const files = new Map<string, UnrulyFile>();
    await using server = await startRawServer(
      (request) => files.get(/^GET \/(\d+) /.exec(request)?.[1] ?? '')?.answer(request),
      certificates?.good,
    );
    const settings = { timeoutMs: 2_000, ...(certificates && { ca: certificates.ca }) };
    const clients = way === 'http by undici' ? ({ plainBy: 'undici' } as const) : {};
    const all = [new Attempts(settings, clients), new Attempts({ ...settings, keep: 'memory' }, clients)];
    let next = 0;
    const inTurn = async (): Promise<void> => {
      for (let at = next++; at < transfers / 3; at = next++) {
        const random = randomFrom(seed * 1_000_003 + at);
        const file = new UnrulyFile(random);
        files.set(String(at), file);
        const attempts = random() < 0.2 ? all[1] : all[0];
        if (!attempts) throw new Error('Nobody makes attempts.');
        await transfer(attempts, `${server.origin}/${at}`, file);
        files.delete(String(at));
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, inTurn));
      expect(
        all.map((attempts) => attempts.files().filter((name) => !/\.part(\.json)?$/.test(name))),
      ).toEqual([[], []]);
    } finally {
      for (const attempts of all) await attempts[Symbol.asyncDispose]();
    }
  },
  Math.max(60_000, transfers * 60),
);

/** Makes attempts as main would, without the pauses, and looks at what comes of them. */
async function transfer(attempts: Attempts, url: string, file: UnrulyFile): Promise<void> {
  const tries = new Tries();
  let reached = 0;
  let attempt: Attempt;
  let made = 0;
  do {
    tries.count += 1;
    made += 1;
    attempt = await attempts.make(url, { reached });
    if (attempt.kind === 'failed') reached = Math.max(reached, attempt.reached ?? 0);
  } while (attempt.kind === 'failed' && made < mostAttempts && tries.next(attempt.retry, 3) !== undefined);
  ended.attempts += made;
  const story = `${url}, seed ${seed}:\n${file.told.slice(-20).join('\n')}`;
  expect(made, story).toBeLessThan(mostAttempts);
  if (attempt.kind === 'failed') {
    ended.failed += 1;
    // This code is for what nobody has thought of.
    expect(attempt.error.code, `${attempt.error.message}\n${story}`).not.toBe('FETCH_FAILED');
    return;
  }
  ended.done += 1;
  expect(file.isVersion(bytesOf(attempt, attempts)), story).toBe(true);
}

function bytesOf(attempt: Attempt, attempts: Attempts): Uint8Array {
  if (attempt.kind === 'gathered' && attempt.body) {
    attempts.context.memory.give(attempt.bytes);
    return attempt.body;
  }
  const path =
    attempt.kind === 'saved' ? attempt.output : attempt.kind === 'gathered' ? attempt.file : undefined;
  if (path === undefined) throw new Error(`Nobody expected that an attempt ends as ${attempt.kind}.`);
  const bytes = readFileSync(path);
  rmSync(path);
  return bytes;
}
