/**
 * Fetching beside the peers: `node bench/fetch.ts [--delay 0,50] [--pool 64,128] [--count 2000] [--rounds 5] [--tls 1|2]`.
 * Each contender fetches the same files of 40 KB from a server in a process of its own into an empty folder,
 * with the same number of requests at once, start-up included. With `--tls` by https, from an nginx that speaks HTTP/1.1
 * alone (`1`) or HTTP/2 as well (`2`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCertificates } from '../test/servers/certificates.ts';
import { type Nginx, startNginx } from '../test/servers/nginx.ts';
import { type Contender, compare, ratioTable } from './lib/compare.ts';
import { isInstalled, tellMissing } from './lib/peers.ts';

const { values } = parseArgs({
  options: {
    delay: { type: 'string', default: '0,50' },
    pool: { type: 'string', default: '64,128' },
    count: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
    tls: { type: 'string' },
  },
});
const numbers = (text: string): number[] => text.split(',').map(Number);
const count = Number(values.count);
const base = mkdtempSync(join(values.folder, 'shoal-bench-'));
const output = join(base, 'out');
const ca = join(base, 'ca.pem');
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');

interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: (list: string, url: string, pool: number) => string[];
}

const peers: Peer[] = [
  {
    name: 'aria2',
    command: 'aria2c',
    args: (list, _url, pool) => [
      '-q',
      '-i',
      list,
      '-d',
      output,
      '-j',
      `${pool}`,
      '-x1',
      '--file-allocation=none',
      ...(values.tls ? [`--ca-certificate=${ca}`] : []),
    ],
  },
  {
    name: 'curl',
    command: 'curl',
    args: (_list, url, pool) => [
      '-s',
      '--fail',
      '--parallel',
      '--parallel-immediate',
      '--parallel-max',
      `${pool}`,
      '-o',
      join(output, '#1.jpg'),
      `${url}/[0-${count - 1}].jpg`,
      ...(values.tls ? ['--cacert', ca] : []),
    ],
  },
];
const present = peers.filter(({ command }) => isInstalled(command, '--version'));
tellMissing(peers.filter((peer) => !present.includes(peer)).map(({ name }) => name));

const prepare = (): void => {
  rmSync(output, { recursive: true, force: true });
  rmSync(join(base, 'state'), { recursive: true, force: true });
  mkdirSync(output);
};
const verify = (): void => {
  const files = readdirSync(output).filter((name) => name.endsWith('.jpg')).length;
  if (files !== count) throw new Error(`${files} files of ${count}`);
};

async function startServer(delay: number): Promise<{ url: string; child: ChildProcess }> {
  const script = join(import.meta.dirname, 'lib/delay-server.ts');
  const child = spawn(process.execPath, [script, '--delay', `${delay}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  return { url: `http://127.0.0.1:${port}`, child };
}

/** An nginx with a certificate of its own: it has the files itself, or passes on what the server with the delay says. */
async function startSecure(plain: string, delay: number): Promise<Nginx> {
  const { good, ca: authority } = makeCertificates();
  writeFileSync(ca, authority);
  const pass = `location / { proxy_pass ${plain}; proxy_buffers 8 64k; proxy_buffer_size 64k; }`;
  const directives = `keepalive_requests 100000; ${delay > 0 ? pass : ''}`;
  const nginx = await startNginx(directives, good, { http2: values.tls === '2' });
  const body = randomBytes(40_960);
  for (let index = 0; index < count; index += 1) writeFileSync(join(nginx.root, `${index}.jpg`), body);
  return nginx;
}

try {
  for (const delay of numbers(values.delay)) {
    const { url: plain, child } = await startServer(delay);
    const secure = values.tls ? await startSecure(plain, delay) : undefined;
    const url = secure?.origin ?? plain;
    try {
      const list = join(base, 'urls.txt');
      writeFileSync(list, Array.from({ length: count }, (_, index) => `${url}/${index}.jpg\n`).join(''));
      for (const pool of numbers(values.pool)) {
        const contenders: Contender[] = [
          ...present.map(({ name, command, args }) => ({
            name,
            command,
            args: args(list, url, pool),
            prepare,
            verify,
          })),
          {
            name: 'Shoal',
            command: process.execPath,
            args: [
              ...[shoal, 'fetch', list, '--out', output, '--pool', `${pool}`, '--per-host', `${pool}`],
              ...(values.tls ? ['--ca', ca] : []),
            ],
            env: { SHOAL_STATE_DIR: join(base, 'state') },
            prepare,
            verify,
          },
        ];
        const rows = await compare(contenders, count, Number(values.rounds));
        process.stdout.write(
          `\n${count} files of 40 KB, ${delay} ms latency, ${pool} at once\n\n${ratioTable(rows, 'files')}\n`,
        );
      }
    } finally {
      child.kill();
      await secure?.[Symbol.asyncDispose]();
    }
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}
