import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { needs } from '../../test/needs.ts';
import { ended, parseEvents, shoalBin } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** A disk of 200 KB in a mount namespace of its own: invisible to other processes, and gone when this one ends. */
const onSmallDisk = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=200k none "$0" && "$@"; ls -A "$0"'];
const withSmallDisk = needs(
  'namespaces and mounts (unshare)',
  spawnSync('unshare', [...onSmallDisk, '/mnt', 'true']).status === 0,
);

withSmallDisk.test(
  'a full disk fails the file that does not fit, keeps the others and leaves nothing half',
  async () => {
    const sizes: Readonly<Record<string, number>> = {
      '/small': 20_000,
      '/large': 500_000,
      '/larger': 900_000,
    };
    await using server = await startServer((request, response) =>
      response.writeHead(200, { etag: '"one"' }).end(Buffer.alloc(sizes[request.url ?? ''] ?? 10_000, 1)),
    );
    const disk = tempFolder();
    const urls = ['/small', '/large', '/larger', '/tiny'].map((path) => server.origin + path);
    const shoal = [process.execPath, shoalBin, 'fetch', ...urls, '--out', disk, '--pool', '1', '--json'];
    const child = spawn('unshare', [...onSmallDisk, disk, ...shoal], {
      env: { ...process.env, SHOAL_STATE_DIR: tempFolder() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout } = await ended(child);
    const lines = stdout.trim().split('\n');
    const { results } = parseEvents(lines.filter((line) => line.startsWith('{')).join('\n'));
    const codes = results.map(({ input, status, error }) => [
      new URL(String(input)).pathname,
      (error as { code: string } | undefined)?.code ?? status,
    ]);
    expect(Object.fromEntries(codes)).toEqual({
      '/small': 'done',
      '/large': 'DISK_FULL',
      '/larger': 'DISK_FULL',
      '/tiny': 'done',
    });
    expect(lines.filter((line) => !line.startsWith('{')).sort()).toEqual(['small', 'tiny']);
  },
);

withSmallDisk.test(
  'where the disk of the journal is full, that is told once, the run goes on, and no line is torn',
  async () => {
    const disk = tempFolder();
    const folder = tempFolder();
    writeFileSync(join(folder, 'task.mjs'), 'export default (item) => item.length;');
    const script = 'mount -t tmpfs -o size=200k none "$0" && "$@"; echo "exit code $?"; cat "$0"/runs/*';
    const shoal = [process.execPath, shoalBin, 'map', join(folder, 'task.mjs'), '-'];
    const child = spawn('unshare', ['-rm', 'sh', '-c', script, disk, ...shoal], {
      env: { ...process.env, SHOAL_STATE_DIR: disk },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(`${'x'.repeat(100)}\n`.repeat(5_000));
    const { stdout, stderr } = await ended(child);
    expect(stderr.match(/warning: The run goes on without a journal/g)).toHaveLength(1);
    expect(stderr).toContain('no space is left on the disk');
    const [values = '', journal = ''] = stdout.split('exit code 0\n');
    expect(values).toBe('100\n'.repeat(5_000));
    const lines = journal.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line).type)).toContain('run');
  },
);
