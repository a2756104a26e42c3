/**
 * How good forecasts are: `node bench/forecast.ts [--only NAME]`. Each case is a dry run, whose forecast is noted, then
 * the run itself; of URLs a former run of some others of the same server comes before. The last line is the median error.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder, type PhotoSet, photoSet } from './lib/photographs.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');
const base = mkdtempSync(join(benchFolder, 'forecast-'));

interface Case {
  readonly name: string;
  /** The arguments of the command. */
  readonly args: () => Promise<string[]>;
  readonly server?: { readonly delayMs: number; readonly urls: number };
}

const ofPhotos = (name: string, set: PhotoSet, count: number | undefined, ...flags: string[]): Case => ({
  name,
  args: async () => ['thumbs', await photoSet(set, count), ...flags],
});
const ofUrls = (name: string, delayMs: number, urls: number, ...flags: string[]): Case => ({
  name,
  server: { delayMs, urls },
  args: async () => ['fetch', ...flags],
});

const cases: readonly Case[] = [
  ofPhotos('6,000 small JPEG', 'small', undefined),
  ofPhotos('6,000 small JPEG, pool 1', 'small', undefined, '--pool', '1'),
  ofPhotos('6,000 small JPEG to WebP', 'small', undefined, '--format', 'webp'),
  ofPhotos('192 of 12 megapixels', 'large', undefined),
  ofPhotos('3,000 mixed', 'mixed', undefined),
  ofPhotos('2,000 from a camera, 320×240', 'camera', undefined, '--size', '320x240'),
  ofUrls('600 URLs, 50 ms', 50, 600),
  ofUrls('2,000 URLs, 50 ms, 64 at once', 50, 2_000, '--pool', '64', '--per-host', '64'),
  ofUrls('4,000 URLs, no latency, 64 at once', 0, 4_000, '--pool', '64', '--per-host', '64'),
  ofUrls('200 URLs, 300 ms', 300, 200),
];

/** Runs `shoal` and returns what it prints, and for how long it ran. */
function run(args: readonly string[]): { readonly text: string; readonly seconds: number } {
  const started = performance.now();
  const text = execFileSync(process.execPath, [shoal, ...args], {
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    env: { ...process.env, SHOAL_STATE_DIR: join(base, 'state') },
  });
  return { text, seconds: (performance.now() - started) / 1_000 };
}

async function startServer(
  delayMs: number,
): Promise<{ readonly origin: string; readonly child: ChildProcess }> {
  const script = join(import.meta.dirname, 'lib/delay-server.ts');
  const child = spawn(process.execPath, [script, '--delay', `${delayMs}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  return { origin: `http://127.0.0.1:${port}`, child };
}

function list(origin: string, from: number, count: number): string {
  const path = join(base, 'urls.txt');
  writeFileSync(
    path,
    Array.from({ length: count }, (_, index) => `${origin}/${from + index}.jpg\n`).join(''),
  );
  return path;
}

const errors: number[] = [];
process.stdout.write(
  '| run | foretold | took | error | first second foretold |\n|---|---:|---:|---:|---:|\n',
);
try {
  for (const { name, args, server } of cases.filter(({ name }) => name.includes(values.only ?? ''))) {
    const out = join(base, 'out');
    const given = [...(await args()), '--out', out];
    const started = server && (await startServer(server.delayMs));
    try {
      if (server && started) {
        run([...given, list(started.origin, 0, Math.ceil(server.urls / 4))]);
        given.push(list(started.origin, 1_000_000, server.urls));
      }
      const { text: planned } = run([...given, '--dry-run', '--json']);
      const forecast = JSON.parse(planned.trimEnd().split('\n').at(-2) ?? '{}') as { seconds?: number };
      const { text } = run(given);
      const took = Number(/ items in ([\d.]+) s/.exec(text)?.[1]);
      const later = /^Forecast after .* s: (.*); it took/m.exec(text)?.[1] ?? '';
      const error = forecast.seconds === undefined ? Number.NaN : Math.abs(forecast.seconds / took - 1);
      errors.push(Number.isNaN(error) ? 1 : error);
      const told = `${forecast.seconds?.toFixed(1)} s | ${took.toFixed(1)} s | ${(error * 100).toFixed(0)} %`;
      process.stdout.write(`| ${name} | ${told} | ${later} |\n`);
    } finally {
      started?.child.kill();
      rmSync(out, { recursive: true, force: true });
    }
  }
  const median = errors.toSorted((one, other) => one - other)[Math.floor(errors.length / 2)] ?? 1;
  process.stdout.write(`\nMedian error of ${errors.length}: ${(median * 100).toFixed(0)} %\n`);
} finally {
  rmSync(base, { recursive: true, force: true });
}
