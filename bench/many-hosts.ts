/**
 * One small file from each of many hosts, with real look-ups: `node bench/many-hosts.ts [--hosts 5000] [--pool 64]
 * [--rounds 5]`. Runs, as root on Linux, in network and mount namespaces of its own, where dnsmasq answers for all names
 * with loopback: nothing leaves the machine, and nothing of it is changed.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, compare, ratioTable } from './lib/compare.ts';
import { isInstalled, tellMissing } from './lib/peers.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '5000' },
    pool: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
  },
});
/** Set for the process inside the namespaces. */
const inside = 'SHOAL_BENCH_INSIDE';
const count = Number(values.hosts);
const pool = Number(values.pool);
const port = 8080;

if (process.env[inside] === undefined) {
  if (!isInstalled('dnsmasq', '--version')) {
    throw new Error('dnsmasq is not installed: apt-get install dnsmasq-base');
  }
  const args = ['--mount', '--net', process.execPath, ...process.argv.slice(1)];
  const { status } = spawnSync('unshare', args, { stdio: 'inherit', env: { ...process.env, [inside]: '1' } });
  process.exit(status ?? 1);
}

const base = mkdtempSync(join(values.folder, 'shoal-hosts-'));
const output = join(base, 'out');
const started: ChildProcess[] = [];
try {
  openNetwork();
  await startServers();
  const urls = Array.from({ length: count }, (_, i) => `http://h${i}.example.test:${port}/f${i}.txt`);
  writeFileSync(join(base, 'urls.txt'), urls.join('\n'));
  writeFileSync(
    join(base, 'curl.txt'),
    urls.map((url) => `url = "${url}"\noutput = "${join(output, url.replace(/\W/g, '_'))}"\n`).join(''),
  );
  const rows = await compare(contenders(), count, Number(values.rounds));
  process.stdout.write(
    `${count} hosts, one small file of each, ${pool} at once\n\n${ratioTable(rows, 'files')}\n`,
  );
} finally {
  for (const child of started) child.kill();
  rmSync(base, { recursive: true, force: true });
}

/** Loopback, with an address that is none of it: aria2 asks for no names where there are only loopback addresses. */
function openNetwork(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['addr', 'add', '10.99.99.1/32', 'dev', 'lo']);
  const resolvers = join(base, 'resolv.conf');
  writeFileSync(resolvers, 'nameserver 127.0.0.1\n');
  execFileSync('mount', ['--bind', resolvers, '/etc/resolv.conf']);
}

async function startServers(): Promise<void> {
  const dns = [
    '--no-daemon',
    '--no-resolv',
    '--no-hosts',
    '--address=/#/127.0.0.1',
    '--listen-address=127.0.0.1',
  ];
  started.push(spawn('dnsmasq', [...dns, '--cache-size=0', '--dns-forward-max=1000'], { stdio: 'ignore' }));
  const server = join(import.meta.dirname, 'lib/delay-server.ts');
  started.push(spawn(process.execPath, [server, '--port', `${port}`, '--size', '20'], { stdio: 'ignore' }));
  for (let tried = 0; tried < 100; tried += 1) {
    const { status } = spawnSync('curl', [
      '-s',
      '-o',
      join(base, 'probe'),
      `http://probe.example.test:${port}/`,
    ]);
    if (status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The name server or the server did not start.');
}

function contenders(): Contender[] {
  const prepare = (): void => {
    rmSync(output, { recursive: true, force: true });
    rmSync(join(base, 'state'), { recursive: true, force: true });
    mkdirSync(output);
  };
  const verify = (): void => {
    const made = readdirSync(output).filter((name) => !name.startsWith('.')).length;
    if (made !== count) throw new Error(`${made} files of ${count}`);
  };
  const list = join(base, 'urls.txt');
  const curl = [
    '-s',
    '-Z',
    '--parallel-max',
    `${pool}`,
    '--parallel-immediate',
    '-K',
    join(base, 'curl.txt'),
  ];
  const aria2 = ['-q', '-i', list, '-d', output, '-j', `${pool}`, '-x1', '--file-allocation=none'];
  const shoal = [
    join(import.meta.dirname, '../bin/shoal.cjs'),
    'fetch',
    list,
    '--out',
    output,
    '--pool',
    `${pool}`,
  ];
  const all: Contender[] = [
    { name: 'curl', command: 'curl', args: curl },
    { name: 'aria2', command: 'aria2c', args: aria2 },
    { name: 'Shoal', command: process.execPath, args: shoal, env: { XDG_STATE_HOME: join(base, 'state') } },
  ].map((contender) => ({ ...contender, prepare, verify }));
  const missing = all.filter(({ command }) => !isInstalled(command, '--version'));
  tellMissing(missing.map(({ name }) => name));
  return all.filter((contender) => !missing.includes(contender));
}
