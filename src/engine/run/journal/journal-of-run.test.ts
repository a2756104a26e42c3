import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleFolder } from '../../../../test/images/image-folders.ts';
import { startServer } from '../../../../test/servers/test-server.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { fetchRequestSchema } from '../../../shared/requests.ts';
import { Engine, LiveLimits, LivePoolSize, thumbnails } from '../../index.ts';
import { journalFolder, journalPath, runIds } from './journal-folder.ts';
import type { JournalHead, JournalLine } from './journal-line.ts';
import { journalLines } from './read-journal.ts';
import { runOverview } from './run-overview.ts';
import { unfinishedItems } from './unfinished-items.ts';

beforeEach(() => {
  process.env.SHOAL_STATE_DIR = tempFolder();
});
afterEach(() => {
  delete process.env.SHOAL_STATE_DIR;
});

function lastJournal(): { text: string; lines: JournalLine[]; head: JournalHead } {
  const path = journalPath(runIds()[0] ?? '');
  const lines = [...journalLines(path)];
  return { text: readFileSync(path, 'utf8'), lines, head: lines[0] as JournalHead };
}

test('a journal has the request, each result as it was told, the sizes of the pool and the summary', async () => {
  const folder = await sampleFolder(6);
  writeFileSync(join(folder, 'broken.jpg'), 'no image');
  const poolSize = new LivePoolSize(2, 4);
  const told: object[] = [];
  const report = await thumbnails(folder, {
    journal: true,
    poolSize,
    onResult: ({ index: _index, ...result }) => {
      if (told.length === 0) poolSize.resize(3);
      told.push(JSON.parse(JSON.stringify({ type: 'result', ...result })));
    },
  });
  const { lines, head } = lastJournal();
  const of = (type: string) => lines.filter((line) => line.type === type);
  expect(head).toMatchObject({
    type: 'run',
    version: 1,
    id: runIds()[0],
    front: 'library',
    folder: process.cwd(),
    request: { kind: 'thumbnails', paths: [folder] },
  });
  expect(of('result')).toEqual(told);
  expect(told).toHaveLength(7);
  expect(of('pool').map((line) => 'size' in line && line.size)).toEqual([2, 3]);
  const { failures: _failures, ...summary } = report;
  expect(lines.at(-1)).toEqual({ type: 'summary', ...summary });
  expect(runOverview(head.id)).toMatchObject({ state: 'ended', counts: { done: 6, failed: 1 }, total: 7 });
  expect(statSync(journalFolder()).mode & 0o777).toBe(0o700);
  expect(statSync(journalPath(head.id)).mode & 0o777).toBe(0o600);
});

test('no journal is kept of a dry run, of one that cannot start, or unless it was asked for', async () => {
  const folder = await sampleFolder(2);
  await thumbnails(folder, { journal: true, dryRun: true });
  await thumbnails(folder);
  await expect(thumbnails(join(folder, 'gone'), { journal: true })).rejects.toThrow();
  expect(runIds()).toEqual([]);
});

test('a run that was cancelled says why it ended', async () => {
  const folder = await sampleFolder(40);
  const cancelling = new AbortController();
  await thumbnails(folder, {
    journal: { front: 'library', title: 'some' },
    poolSize: 1,
    signal: cancelling.signal,
    onResult: () => cancelling.abort(new Error('Enough.')),
  });
  expect(runOverview(runIds()[0] ?? '')).toMatchObject({ state: 'cancelled', interrupted: 'Enough.' });
});

test('a journal has no password, no header, no login of a proxy, and with redact no query', async () => {
  await using server = await startServer((request, response) =>
    request.url?.includes('/bad') ? response.writeHead(404).end() : response.end('x'),
  );
  const cookieFile = join(tempFolder(), 'cookies.txt');
  writeFileSync(cookieFile, '127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tSECRET\n');
  const urls = ['/a?key=SECRET', '/bad?key=SECRET'].map((path) =>
    `${server.origin}${path}`.replace('//', '//me:SECRET@'),
  );
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: urls.map((value) => ({ kind: 'argument', value })),
    outputFolder: tempFolder(),
    recipe: { redact: true, retries: 0, headers: { authorization: 'SECRET', 'x-key': 'SECRET' } },
    access: {
      cookieFile,
      user: 'SECRET',
      password: 'SECRET',
      proxy: server.origin.replace('//', '//me:SECRET@'),
    },
  });
  await using engine = new Engine();
  const told: string[] = [];
  const journal = { front: 'terminal', title: `fetch ${urls[0]} and 1 more` } as const;
  await engine.run(request, { journal, onResult: ({ status }) => told.push(status) });
  const { text, head } = lastJournal();
  expect(told.sort()).toEqual(['done', 'failed']);
  expect(text).not.toContain('SECRET');
  expect(text).not.toContain(cookieFile);
  expect(head.withheld).toEqual(['user', 'password', 'proxy', 'cookieFile', 'headers', 'inputs']);
});

test('where there is a file in the place of the folder, the run warns once and goes on', async () => {
  const state = tempFolder();
  process.env.SHOAL_STATE_DIR = state;
  writeFileSync(join(state, 'runs'), '');
  const folder = await sampleFolder(3);
  const warnings: string[] = [];
  const { done } = await thumbnails(folder, {
    journal: true,
    onWarning: (warning) => warnings.push(warning),
  });
  expect(done).toBe(3);
  expect(warnings).toEqual([
    expect.stringMatching(/^The run goes on without a journal from here: Cannot write /),
  ]);
});

test('a journal says that a run was limited, and no more than it had come to is done again', async () => {
  const folder = await sampleFolder(3);
  writeFileSync(join(folder, 'broken.jpg'), 'no image');
  const only = new Set([join(folder, 'broken.jpg')]);
  const aborter = new AbortController();
  await thumbnails(folder, { journal: true, only, signal: aborter.signal, onResult: () => aborter.abort() });
  const { head } = lastJournal();
  expect(head).toMatchObject({ limited: true });
  const run = runOverview(head.id);
  expect(run?.state).toBe('cancelled');
  const rest = run && unfinishedItems(run);
  expect(rest?.has(join(folder, 'other.jpg'))).toBe(false);
});

test('a limit that is changed by hand while the run is on stands in its journal', async () => {
  const limits = new LiveLimits();
  const change = { kind: 'per-host', atOnce: 12 } as const;
  await using server = await startServer((_request, response) => {
    if (server.requests.length === 1) limits.change(change);
    response.end('x');
  });
  await using engine = new Engine();
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'text', text: `${server.origin}/1\n${server.origin}/2` }],
    outputFolder: tempFolder(),
    recipe: {},
  });
  await engine.run(request, { journal: true, limits });
  const { lines } = lastJournal();
  expect(lines).toContainEqual({ type: 'limit', atMs: expect.any(Number), change });
});
