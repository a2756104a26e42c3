import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ended, Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

/** A server that answers the first 20 of 40 and holds the others until it is told. */
async function halfServer() {
  const held: ServerResponse[] = [];
  const asked: string[] = [];
  let holds = true;
  const server = await startServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    if (holds && Number(/\d+$/.exec(url)?.[0]) >= 20) held.push(response);
    else response.end(`the body of ${url}`);
  });
  return {
    urls: Array.from({ length: 40 }, (_, at) => `${server.origin}/f${at}`),
    held,
    asked,
    letThrough: () => {
      holds = false;
    },
    [Symbol.asyncDispose]: server.close,
  };
}

/** A fetch whose first half has been answered, and whose second waits. */
async function halfDone(
  shell: Shell,
  server: { readonly held: readonly unknown[] },
  args: readonly string[],
) {
  const child = shell.start(['fetch', ...args, '--pool', '4', '--per-host', '4']);
  const gone = ended(child);
  await waitUntil(() => server.held.length === 4, 'the first half is there');
  return { child, gone };
}

function isWrittenDown({ stateFolder }: Shell): boolean {
  const journals = join(stateFolder, 'runs');
  return readFileSync(join(journals, readdirSync(journals)[0] ?? ''), 'utf8').includes('"done":20');
}

test.each(['retry', 'resume'])(
  'after a kill runs tells that the run died, and runs %s does exactly the rest',
  async (again) => {
    await using server = await halfServer();
    const shell = new Shell();
    const out = join(tempFolder(), 'out');
    const { child, gone } = await halfDone(shell, server, [...server.urls, '--out', out]);
    await waitUntil(() => isWrittenDown(shell), 'their results are written down');
    expect((await shell.run(['runs', '--json'])).stdout).toContain('"state":"running"');
    expect((await shell.run(['runs', again, 'last'])).stderr).toContain('is still on: wait for its end.');
    child.kill('SIGKILL');
    await gone;
    expect((await shell.run(['runs', '--json'])).stdout).toContain('"state":"died"');
    server.letThrough();
    server.asked.splice(0);
    const { code, results, summary } = await shell.json(['runs', again, 'last']);
    expect(code).toBe(0);
    expect(summary).toMatchObject({ total: 20, done: 20 });
    expect(results.map(({ input }) => input).sort()).toEqual(server.urls.slice(20).sort());
    expect(server.asked.sort()).toEqual(
      server.urls
        .slice(20)
        .map((url) => new URL(url).pathname)
        .sort(),
    );
    expect(readdirSync(out).filter((name) => !name.startsWith('.'))).toHaveLength(40);
    expect((await shell.run(['runs', 'resume', 'last'])).stderr).toContain('nothing of it is left to resume');
  },
);

test('a run that was interrupted is cancelled, and its rest is done by retry', async () => {
  await using server = await halfServer();
  const shell = new Shell();
  const out = join(tempFolder(), 'out');
  const { child, gone } = await halfDone(shell, server, [...server.urls, '--out', out]);
  child.kill('SIGINT');
  await gone;
  expect((await shell.run(['runs', 'show', 'last'])).stdout).toContain('cancelled (Ended by SIGINT), begun');
  server.letThrough();
  const { summary } = await shell.json(['runs', 'retry', 'last']);
  expect(summary).toMatchObject({ total: 20, done: 20 });
  expect(existsSync(join(out, 'f39'))).toBe(true);
});

test.each(['retry', 'resume'])(
  'runs %s loses no URL of a killed run that hid the queries, where many have the same name',
  async (again) => {
    await using server = await halfServer();
    const shell = new Shell();
    const folder = tempFolder();
    const list = join(folder, 'urls.txt');
    const urls = server.urls.map((url) => url.replace('/f', '/get?id='));
    writeFileSync(list, urls.join('\n'));
    const out = join(folder, 'out');
    const { child, gone } = await halfDone(shell, server, [list, '--redact', '--out', out]);
    await waitUntil(() => isWrittenDown(shell), 'their results are written down');
    child.kill('SIGKILL');
    await gone;
    server.letThrough();
    const { code, summary } = await shell.json(['runs', again, 'last']);
    expect(code).toBe(0);
    expect(summary).toMatchObject({ total: 40, failed: 0 });
    const bodies = readdirSync(out).filter((name) => !name.startsWith('.'));
    expect(bodies.map((name) => readFileSync(join(out, name), 'utf8')).sort()).toEqual(
      urls.map((url) => `the body of ${new URL(url).pathname}${new URL(url).search}`).sort(),
    );
  },
);
