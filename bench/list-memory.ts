/**
 * Peak memory of a run over a long list: `node bench/list-memory.ts [--lines 1000000] [--mode plan|fetch]`.
 * `plan` is a dry run: the list read, every item named, looked up and told. `fetch` also asks a local server,
 * which has none of the files, so that no disk is filled; `--files` has it answer each with a file of 1 KB instead.
 * With `--shard 1/100`, the URLs are of 10,000 hosts, and those of this part are planned.
 * The memory after each tenth of the list tells whether it grows with the list.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { watchMemory } from './lib/process-memory.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    mode: { type: 'string', default: 'plan' },
    files: { type: 'boolean', default: false },
    shard: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const lines = Number(values.lines);
const base = mkdtempSync(join(values.folder, 'shoal-list-'));
const list = join(base, 'urls.csv');
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');
const answer = values.files
  ? `HTTP/1.1 200 OK\r\ncontent-length: 1024\r\n\r\n${'x'.repeat(1024)}`
  : 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n';

const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', () => socket.write(answer));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' ? address?.port : 0;

async function writeList(): Promise<void> {
  const file = createWriteStream(list);
  file.write('url,caption\n');
  for (let index = 0; index < lines; index += 1) {
    const host = values.shard ? `host-${(index * 7) % 10_000}.example` : `127.0.0.1:${port}`;
    const line = `http://${host}/album-${index % 1_000}/photo-${index}.jpg,"photo ${index}, as listed"\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  await new Promise<void>((resolve) => file.end(() => resolve()));
}

try {
  await writeList();
  const mode =
    values.mode === 'plan'
      ? ['--dry-run', ...(values.shard ? ['--shard', values.shard] : [])]
      : ['--retries', '0', '--pool', '128', '--per-host', '128'];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [shoal, 'fetch', list, '--out', join(base, 'out'), '--json', ...mode],
    {
      env: { ...process.env, SHOAL_STATE_DIR: join(base, 'state') },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const memory = watchMemory(child.pid ?? 0);
  let tail = '';
  let results = 0;
  const tenths: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-2_000);
    results += chunk.split('\n').length - 1;
    if (results >= ((tenths.length + 1) * lines) / 10) tenths.push(memory.now().toFixed(0));
  });
  await new Promise((resolve) => child.on('close', resolve));
  const peak = memory.stop();
  const seconds = (performance.now() - started) / 1_000;
  const summary = tail.trim().split('\n').at(-1) ?? '';
  process.stdout.write(
    `${lines} lines, ${values.mode}: peak ${peak?.toFixed(0)} MiB in ${seconds.toFixed(1)} s\nMiB after each tenth: ${tenths.join(' ')}\n${summary}\n`,
  );
} finally {
  server.close();
  rmSync(base, { recursive: true, force: true });
}
