import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { ended, shoalBin } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** What a command's exit code is, and what it says, when `head` has read enough. */
async function untilHead(args: readonly string[]): Promise<{ code: number; stderr: string; lines: number }> {
  const shoal = [process.execPath, shoalBin, ...args].map((arg) => `'${arg}'`).join(' ');
  const state = tempFolder();
  const child = spawn('bash', ['-c', `${shoal} | head -1; echo "\${PIPESTATUS[0]}"`], {
    env: { ...process.env, NO_COLOR: '1', SHOAL_STATE_DIR: state, SHOAL_CONFIG_DIR: state },
  });
  const { stdout, stderr } = await ended(child);
  const lines = stdout.trimEnd().split('\n');
  return { code: Number(lines.at(-1)), stderr, lines: lines.length - 1 };
}

test('whoever reads no more ends thumbs, fetch and map in the same way: 130, and without a word', async () => {
  await using server = await startServer((request, response) => {
    setTimeout(() => response.end(`the body of ${request.url}`), 5);
  });
  const task = join(tempFolder(), 'task.mjs');
  writeFileSync(
    task,
    'export default (item) => new Promise((resolve) => setTimeout(resolve, 5, item.repeat(2_000)));',
  );
  const items = Array.from({ length: 500 }, (_, at) => `item${at}`);
  for (const args of [
    ['thumbs', await sampleFolder(300), '--pool', '1', '--json'],
    ['fetch', `${server.origin}/f[1-2000]`, '--out', tempFolder(), '--json'],
    ['map', task, ...items],
  ]) {
    expect([args[0], await untilHead(args)]).toEqual([args[0], { code: 130, stderr: '', lines: 1 }]);
  }
});
