import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { withScript } from '../../test/needs.ts';
import { ended, Shell, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { beginProgress, type Progress, withResult, withTotal } from '../shared/progress/progress.ts';
import { progressLine } from './output/progress-line.ts';

/** script(1) of util-linux gives a command a pseudo terminal. */
test('piped, there is one plain line an item and one of totals, without control characters', async () => {
  const folder = await sampleFolder(3);
  writeFileSync(join(folder, 'bad.jpg'), 'text');
  const shell = new Shell();
  const first = await shell.run(['thumbs', folder], { env: { NO_COLOR: '' } });
  const lines = first.stdout.trimEnd().split('\n');
  expect(lines.slice(0, 3).sort()).toEqual(
    [1, 2, 3].map((at) => `done     ${folder}/sample-0000${at}.jpg → ${folder}/thumbs/sample-0000${at}.jpg`),
  );
  expect(lines[3]).toMatch(
    /^4 items in [\d.]+ s \([\d.,]+\/s\): 3 done, 1 failed\. [\d.]+ .?B read, [\d.]+ .?B written\.$/,
  );
  expect(lines[4]).toMatch(/^ {2}1 × NOT_AN_IMAGE: /);
  expect(lines).toHaveLength(5);
  expect(first.stderr).toMatch(/^failed {3}.*bad\.jpg is not an image.* \[NOT_AN_IMAGE\]\n$/);
  expect(stripVTControlCharacters(first.stdout + first.stderr)).toBe(first.stdout + first.stderr);
  const second = await shell.run(['thumbs', folder]);
  expect(second.stdout).toContain(`skipped  ${folder}/sample-00001.jpg (unchanged)\n`);
});

withScript.test('on a terminal there is one live line, failures above it, and a summary', async () => {
  // So many that a fast machine, too, is not through before the line is first drawn.
  const folder = await sampleFolder(400);
  writeFileSync(join(folder, 'bad.jpg'), 'text');
  const command = `'${process.execPath}' '${shoalBin}' thumbs '${folder}' --pool 1`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    env: { ...process.env, SHOAL_STATE_DIR: tempFolder(), TERM: 'xterm-256color' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, stdout } = await ended(child);
  expect(code).toBe(1);
  const text = stripVTControlCharacters(stdout);
  expect(stdout).not.toBe(text);
  expect(text).toMatch(/▕█* *▏ \d+\/401 · [\d.,]+\/s/);
  expect(text).toMatch(/failed {3}.*bad\.jpg is not an image/);
  const [summary, cause] = text
    .trimEnd()
    .split(/[\r\n]+/)
    // A slow machine takes long enough to tell what limited it.
    .filter((line) => !line.includes('limits this run'))
    .slice(-2);
  expect(summary).toMatch(/✗ 401 items in .*: 400 done, 1 failed\./);
  expect(cause).toMatch(/^ {2}1 × NOT_AN_IMAGE: /);
  expect(text).not.toContain('done     ');
});

test('the live line fits its terminal at any width and tells what is known', () => {
  let progress: Progress = withTotal(beginProgress(), 6_000);
  const result = { index: 0, input: 'a.jpg', ms: 1 };
  for (let at = 0; at < 1_203; at += 1) progress = withResult(progress, { ...result, status: 'done' });
  progress = withResult(progress, { ...result, status: 'failed' });
  const pace = { perSecond: 1_204, secondsLeft: 3.98 };
  expect(progressLine(progress, pace, 120)).toBe(
    '▕█████                   ▏ 1,204/6,000 · 1,204/s · 4 s left · 1 failed',
  );
  expect(progressLine(progress, pace, 120, { pool: { size: 9, automatic: true } })).toContain(
    '4 s left · pool 9 (auto) · 1 failed',
  );
  expect(progressLine(progress, pace, 120, { pool: { size: 9, automatic: false } })).not.toContain('pool');
  for (let columns = 1; columns < 140; columns += 1) {
    expect(progressLine(progress, pace, columns).length).toBeLessThan(Math.max(columns, 2));
  }
  expect(progressLine(beginProgress(), {}, 80)).toBe('0 so far');
});

test('the live line tells what limits the run, where there is room for it beside the bar', () => {
  const one = { index: 0, input: 'a', ms: 1, status: 'done' } as const;
  const progress = withResult(withTotal(beginProgress(), 6_000), one);
  const pace = { perSecond: 1, secondsLeft: 5_999 };
  const limit = { kind: 'disk', share: 0.7 } as const;
  const told = progressLine(progress, pace, 120, { limit });
  expect(told).toMatch(/^▕█* *▏ 1\/6,000 · .* left · limit: disk$/);
  let shown = 0;
  for (let columns = 1; columns < 140; columns += 1) {
    const line = progressLine(progress, pace, columns, { limit });
    expect(line.length).toBeLessThan(Math.max(columns, 2));
    if (!line.includes('limit')) continue;
    shown += 1;
    expect(line).toMatch(/^▕.{6,24}▏/);
  }
  expect(shown).toBeGreaterThan(40);
});
