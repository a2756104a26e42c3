import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseEvents, Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { RunRecord } from '../main/views/run-record.ts';
import { writeReport } from '../main/views/write-report.ts';
import type { ItemResult } from '../shared/result.ts';

/** A fetch in which one file fails at first, with its report and the report that the window would have saved. */
async function failedRun() {
  let broken = true;
  const server = await startServer((request, response) =>
    request.url === '/bad' && broken ? response.writeHead(404).end() : response.end('x'),
  );
  const folder = tempFolder();
  const list = join(folder, 'urls.csv');
  writeFileSync(
    list,
    `url,name,id\n${server.origin}/good,one.txt,7\n${server.origin}/bad,two.txt,"8, ""eight"""\n`,
  );
  const { stdout } = await new Shell().run(['fetch', list, '--json', '--out', join(folder, 'first')]);
  broken = false;
  const record = new RunRecord(() => undefined);
  const { results } = parseEvents(stdout);
  for (const [index, result] of results.entries()) {
    record.settle({ ...(result as unknown as ItemResult), index }, 1);
  }
  const save = async (format: 'csv' | 'json'): Promise<Buffer> => {
    const path = join(folder, `saved.${format}`);
    const { counters, listColumns } = record;
    const items = record.items('all');
    await writeReport(path, format, { title: 'urls', elapsedMs: 9, counters, listColumns, items });
    return readFileSync(path);
  };
  return { bad: `${server.origin}/bad`, folder, stdout, save, [Symbol.asyncDispose]: server.close };
}

test.each([
  ['the output of --json', 'ndjson'],
  ['that gzipped', 'ndjson.gz'],
  ["the window's CSV", 'csv'],
  ["the window's JSON", 'json'],
])('what failed is fetched anew from %s, as its list had it', async (_what, extension) => {
  await using run = await failedRun();
  const content = {
    ndjson: () => run.stdout,
    'ndjson.gz': () => gzipSync(run.stdout),
    csv: () => run.save('csv'),
    json: () => run.save('json'),
  }[extension as 'csv'];
  const report = join(run.folder, `report.${extension}`);
  writeFileSync(report, await content());
  const out = join(run.folder, 'second');
  const { code, results } = await new Shell().json(['fetch', '--retry-failed', report, '--out', out]);
  expect(code).toBe(0);
  expect(results).toMatchObject([
    { input: run.bad, status: 'done', output: join(out, 'two.txt'), columns: { id: '8, "eight"' } },
  ]);
});

test('what is no report of a fetch is wrong usage, and nothing starts', async () => {
  const folder = tempFolder();
  const thumbnail = { type: 'result', input: '/photos/a.jpg', status: 'failed' };
  writeFiles(folder, {
    'list.txt': 'http://127.0.0.1:9/a\n',
    'list.csv': 'url,name\nhttp://127.0.0.1:9/a,a\n',
    'thumbs.ndjson': `${JSON.stringify(thumbnail)}\n{"type":"summary","total":1}\n`,
    'empty.ndjson': '',
  });
  for (const name of ['list.txt', 'list.csv', 'thumbs.ndjson', 'empty.ndjson']) {
    const { code, stdout, stderr } = await new Shell().run(['fetch', '--retry-failed', name], {
      cwd: folder,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `shoal: Expected a report of a former fetch, got ${name}, which tells of no URL.\n(--retry-failed <report>: what failed in a former run: its --json output, or what the window saved)\n`,
    );
  }
});

test('the report of a run without items, or in which all went well, leaves nothing to do', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'none.ndjson': '{"type":"summary","total":0,"done":0}\n',
    'fine.ndjson': '{"type":"result","input":"http://127.0.0.1:9/a","status":"done"}\n',
  });
  for (const name of ['none.ndjson', 'fine.ndjson']) {
    const { code, summary } = await new Shell().json(['fetch', '--retry-failed', name], { cwd: folder });
    expect([code, summary?.total]).toEqual([0, 0]);
  }
});

test('a report has no password of the list that it is about; --user gives it anew', async () => {
  let broken = true;
  await using server = await startServer((request, response) => {
    const right = request.headers.authorization === `Basic ${btoa('me:secret')}`;
    response.writeHead(broken ? 404 : right ? 200 : 401).end('x');
  });
  const folder = tempFolder();
  const url = `${server.origin.replace('//', '//me:secret@')}/a`;
  const { stdout } = await new Shell().run(['fetch', url, '--json'], { cwd: folder });
  expect(stdout).not.toContain('secret');
  broken = false;
  writeFileSync(join(folder, 'report.ndjson'), stdout);
  const again = ['fetch', '--retry-failed', 'report.ndjson'];
  expect((await new Shell().json(again, { cwd: folder })).summary).toMatchObject({ causes: { HTTP_401: 1 } });
  const env = { SHOAL_PASSWORD: 'secret' };
  expect((await new Shell().json([...again, '--user', 'me'], { cwd: folder, env })).summary?.done).toBe(1);
});
