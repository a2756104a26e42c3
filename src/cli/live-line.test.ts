import type { ServerResponse } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { Terminal, withTmux } from '../../test/tmux.ts';

/** A list of URLs of which one is answered, and the others once that is wanted. */
async function heldUrls(count = 4): Promise<{ urls: string; release: () => void }> {
  const held: ServerResponse[] = [];
  let holds = true;
  const server = await startServer((request, response) => {
    if (holds && request.url !== '/f1') held.push(response);
    else response.end(`the body of ${request.url}`);
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const release = (): void => {
    holds = false;
    for (const response of held) response.end('late');
  };
  return { urls: `'${server.origin}/f[1-${count}]' --out '${tempFolder()}'`, release };
}

const withLine = (terminal: Terminal): string[] => terminal.screen().filter((line) => line.includes('1/4'));

withTmux.test('Ctrl-Z clears the line and leaves the cursor; fg goes on with both', async () => {
  const { urls, release } = await heldUrls();
  const terminal = new Terminal({ columns: 80 });
  terminal.type(`shoal fetch ${urls}`);
  await terminal.shows(/▏ 1\/4/);
  for (let time = 0; time < 2; time += 1) {
    terminal.press('C-z');
    await terminal.shows(/Stopped[^▏]*\$ *$/);
    expect(withLine(terminal)).toEqual([]);
    expect(terminal.showsCursor).toBe(true);
    terminal.type('clear; fg');
    await terminal.shows(/▏ 1\/4/);
  }
  release();
  await terminal.shows(/✓ 4 items in .*: 4 done/);
  expect(terminal.showsCursor).toBe(true);
  expect(withLine(terminal)).toEqual([]);
});

withTmux.test(
  'a terminal that becomes narrower keeps no stale line, and one that becomes wider neither',
  async () => {
    const { urls, release } = await heldUrls();
    const terminal = new Terminal({ columns: 100 });
    terminal.type(`shoal fetch ${urls}`);
    await terminal.shows(/▏ 1\/4 · .*auto/);
    for (const columns of [60, 34, 22, 90]) {
      terminal.resize({ columns });
      await terminal.shows(columns > 40 ? /▏ 1\/4/ : /^1\/4/m);
      expect(withLine(terminal)).toHaveLength(1);
      expect(
        terminal
          .screen()
          .join('')
          .match(/▕|1\/4/g)?.length,
      ).toBe(columns > 40 ? 2 : 1);
    }
    release();
    await terminal.shows(/✓ 4 items in/);
    expect(withLine(terminal)).toEqual([]);
  },
);

withTmux.test('a terminal that cannot move its cursor gets what a pipe gets', async () => {
  const { urls, release } = await heldUrls();
  release();
  const terminal = new Terminal({ columns: 80 });
  terminal.type(`TERM=dumb shoal fetch ${urls} > >(cat -v) 2>&1; TERM=dumb shoal fetch ${urls} --force`);
  await terminal.shows(/4 items in.*4 items in .*4 done/s);
  expect(terminal.screen().filter((line) => line.startsWith('done     '))).toHaveLength(8);
  expect(terminal.screen().join('\n')).not.toMatch(/[▕▏✓]|\^\[/);
});

withTmux.test('without progress a terminal gets the summary alone', async () => {
  const { urls, release } = await heldUrls();
  const terminal = new Terminal({ columns: 80 });
  terminal.type(`clear; shoal fetch ${urls} --no-progress`);
  setTimeout(release, 1_000);
  await terminal.shows(/^✓ 4 items in/m);
  expect(terminal.screen()[0]).toMatch(/^✓/);
});

withTmux.test('tune tells which size it is at and how far, and how long the others took', async () => {
  const { urls, release } = await heldUrls();
  const terminal = new Terminal({ columns: 80 });
  terminal.type(`shoal tune fetch ${urls.replace(/ --out.*/, '')} --sizes 2,3`);
  await terminal.shows(/^pool 2: 1 of 4 …/m);
  release();
  await terminal.shows(/The knee is/);
  expect(terminal.screen().join('\n')).not.toContain('…');
});

withTmux.test('what is told elsewhere on the terminal erases the line first', async () => {
  const { urls, release } = await heldUrls();
  const terminal = new Terminal({ columns: 80 });
  terminal.type(`shoal fetch ${urls} --json --progress`);
  await terminal.shows(/▏ 1\/4/);
  release();
  await terminal.shows(/"type":"summary"/);
  expect(terminal.screen().join('\n')).not.toMatch(/[▕▏]/);
});
