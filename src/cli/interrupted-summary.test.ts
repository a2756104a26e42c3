import { spawn } from 'node:child_process';
import { linkSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { withScript } from '../../test/needs.ts';
import { ended, Shell, shoalBin } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { summaryLine } from './output/wording.ts';

/** Enough slow images to take a second on any machine. */
async function slowFolder(count: number): Promise<string> {
  const folder = tempFolder();
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const first = join(folder, '0.jpg');
  await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#888', noise } }).toFile(
    first,
  );
  for (let at = 1; at < count; at += 1) linkSync(first, join(folder, `${at}.jpg`));
  return folder;
}

withScript.test('on a terminal an interrupted run is marked as one, with what was not begun', async () => {
  const folder = await slowFolder(400);
  const command = `'${process.execPath}' '${shoalBin}' thumbs '${folder}'`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    env: { ...process.env, SHOAL_STATE_DIR: tempFolder(), TERM: 'xterm-256color' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
    // The byte that Ctrl-C sends; the terminal turns it into a signal.
    if (/[1-9]\d*\/400/.test(seen) && child.stdin.writable) child.stdin.end('\u0003');
  });
  const { code, stdout } = await ended(child);
  expect(code).toBe(130);
  expect(stdout).not.toContain('✓');
  const [, done, left] =
    /■ (?<ended>\d+) items in .*Interrupted: (?<left>\d+) of 400 not begun\./.exec(
      stripVTControlCharacters(stdout),
    ) ?? [];
  expect(Number(done) + Number(left)).toBe(400);
  expect(Number(left)).toBeGreaterThan(0);
});

test('tune prints the sizes that it has timed when it is interrupted, and names no knee', async () => {
  let requests = 0;
  const child = { kill: (_signal: 'SIGINT') => {} };
  // The first pool size gets its answer; the second one is interrupted while it waits.
  await using server = await startServer((_request, response) => {
    requests += 1;
    if (requests === 1) response.end('here');
    else child.kill('SIGINT');
  });
  const shoal = new Shell().start(['tune', 'fetch', `${server.origin}/a`, '--sizes', '1,2,4']);
  child.kill = (signal) => void shoal.kill(signal);
  const { code, stdout } = await ended(shoal);
  expect(code).toBe(130);
  expect(stdout).toMatch(/│ +1 │ +[\d.]+ │ +[\d.,]+\/s │ +1\.00× │/);
  expect(stdout).toMatch(/\nInterrupted: 1 of 3 pool sizes timed\.\n$/);
  expect(stdout).not.toMatch(/knee/);
});

test('a summary tells what an interruption left, as far as that is known', () => {
  const counts = { total: 68, done: 68, skipped: 0, failed: 0, cancelled: 0 };
  const summary = { ...counts, seconds: 0.53, perSecond: 128.3, bytesIn: 2_000, bytesOut: 1_000 };
  expect(summaryLine(summary, { planned: 4_000 })).toBe(
    '68 items in 0.53 s (128/s): 68 done. Interrupted: 3,932 of 4,000 not begun. 2 kB read, 1 kB written.',
  );
  expect(summaryLine(summary, { planned: undefined })).toMatch(/68 done\. Interrupted\. 2 kB/);
  expect(summaryLine(summary)).toMatch(/68 done\. 2 kB/);
  const nothing = { ...summary, total: 0, done: 0, bytesIn: 0, bytesOut: 0 };
  expect(summaryLine(nothing, { planned: 3 })).toMatch(/: 0 done\. Interrupted: 3 of 3 not begun\.$/);
});
