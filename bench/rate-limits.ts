/**
 * Files from hosts that say "slower": `node bench/rate-limits.ts [--items 100]`. A server of our own with a token bucket,
 * and, where nginx is installed, its limit_req and limit_conn. At most 300 seconds in all: what is left then is left out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasNginx, startLimitingNginx } from './lib/limiting-nginx.ts';

const { values } = parseArgs({ options: { items: { type: 'string', default: '100' } } });
const items = Number(values.items);
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');
const limitingServer = join(import.meta.dirname, 'lib/limiting-server.ts');
const mostMs = 300_000;
const until = performance.now() + mostMs;

interface Server {
  readonly port: number;
  readonly end: () => Promise<number>;
}

async function startOwn(...settings: number[]): Promise<Server> {
  const child = spawn(process.execPath, [limitingServer, ...settings.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child.stdout, 'data');
  return {
    port: Number(said),
    end: async () => {
      said = '';
      child.kill();
      await once(child, 'close');
      return Number(said);
    },
  };
}

async function row(name: string, rate: number, perHost: number, start: (folder: string) => Promise<Server>) {
  if (performance.now() > until) return;
  const folder = mkdtempSync(join(tmpdir(), 'shoal-limits-'));
  const { port, end } = await start(folder);
  const limits = ['--pool', '64', '--per-host', String(perHost)];
  const args = [
    `http://127.0.0.1:${port}/[1-${items}].txt`,
    '--out',
    join(folder, 'out'),
    '--json',
    ...limits,
  ];
  const child = spawn(process.execPath, [shoal, 'fetch', ...args], {
    env: { ...process.env, SHOAL_STATE_DIR: join(folder, 'state') },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: Math.ceil(until - performance.now()),
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await once(child, 'close');
  const refused = await end();
  rmSync(folder, { recursive: true, force: true });
  const summary = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as { done?: number; seconds?: number };
  const { done = 0, seconds = 0 } = summary;
  const share = done / seconds / rate;
  console.log(
    `| ${name} | ${perHost} | ${done} | ${seconds.toFixed(1)} | ${share.toFixed(2)} | ${refused} |`,
  );
}

console.log(
  '| server | per host | done | seconds | × of its rate | refused |\n|---|---:|---:|---:|---:|---:|',
);
for (const [rate, burst, status, retryAfter] of [
  [20, 2, 503, 0],
  [20, 2, 503, 1],
  [20, 10, 429, 0],
  [100, 5, 503, 0],
  [5, 5, 429, 0],
] as const) {
  const told = retryAfter > 0 ? `, Retry-After: ${retryAfter}` : '';
  for (const perHost of [6, 64]) {
    await row(`${rate}/s, burst ${burst}, ${status}${told}`, rate, perHost, () =>
      startOwn(rate, burst, status, retryAfter),
    );
  }
}
if (hasNginx) {
  for (const perHost of [6, 64]) {
    await row('nginx limit_req rate=20r/s burst=2 nodelay', 20, perHost, (folder) =>
      startLimitingNginx(
        folder,
        'limit_req_zone $binary_remote_addr zone=a:1m rate=20r/s;',
        'limit_req zone=a burst=2 nodelay;',
      ),
    );
    await row('nginx limit_conn 2, half a second a file', 4, perHost, (folder) =>
      startLimitingNginx(
        folder,
        'limit_conn_zone $binary_remote_addr zone=a:1m;',
        'limit_conn a 2; limit_rate 200k;',
      ),
    );
  }
}
