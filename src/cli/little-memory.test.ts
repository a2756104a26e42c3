import { spawn } from 'node:child_process';
import { expect, onTestFinished } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { onLinux } from '../../test/needs.ts';
import { ended, parseEvents, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

onLinux.test(
  'where a process gets few addresses, which WebAssembly wants gigabytes of, no image is called damaged',
  async () => {
    const folder = await sampleFolder(200);
    const line = 'ulimit -v 20000000 && exec "$0" "$@"';
    const args = [shoalBin, 'thumbs', folder, '--pool', '2', '--json'];
    const child = spawn('bash', ['-c', line, process.execPath, ...args], {
      env: { ...process.env, SHOAL_STATE_DIR: tempFolder() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const { code, stdout, stderr } = await ended(child);
    const { results, summary } = parseEvents(stdout);
    expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
    expect([code, stderr, summary?.done]).toEqual([0, '', 200]);
  },
);
