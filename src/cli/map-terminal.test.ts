import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { Terminal, withTmux } from '../../test/tmux.ts';

/** A module that prints `noise` for one item, tells how far another is, and holds one until a file is there. */
function module(): { folder: string; release: () => void } {
  const folder = tempFolder();
  writeFiles(folder, {
    'task.mjs': `
      import { existsSync } from 'node:fs';
      export default async (item, { progress }) => {
        if (item === 'loud') console.log('noise');
        if (item === 'held') progress(0.42);
        while (item === 'held' && !existsSync('go')) await new Promise((go) => setTimeout(go, 20));
        if (item === 'bad') throw new Error('no good');
        return item.toUpperCase();
      };`,
  });
  return { folder, release: () => writeFiles(folder, { go: '' }) };
}

const values = ['A', 'LOUD', 'B'];

withTmux.test(
  'on a terminal the values stand above a line of progress, and what a task prints does not break it',
  async () => {
    const { folder, release } = module();
    const terminal = new Terminal({ columns: 80 });
    terminal.type(`cd '${folder}'; clear; shoal map task.mjs a loud b bad held c --pool 2`);
    await terminal.shows(/▏ 5\/6 · .*1 failed\n {2}held: 42 %/);
    const held = terminal.screen();
    expect(held.filter((line) => values.includes(line))).toEqual(values);
    expect(held).toContain('noise');
    expect(held.join('\n')).toMatch(/failed {3}bad: no good \[TASK_THREW\] at task\.mjs:7:/);
    release();
    await terminal.shows(/6 items in .* s: 5 done, 1 failed\./);
    const end = terminal.screen();
    expect(end.filter((line) => [...values, 'HELD', 'C'].includes(line))).toEqual([...values, 'HELD', 'C']);
    expect(end.join('\n')).not.toMatch(/▏|42 %/);
  },
);

withTmux.test(
  'into a file the line stands alone; into a pipe there is none, unless it is asked for',
  async () => {
    const { folder, release } = module();
    const terminal = new Terminal({ columns: 80 });
    terminal.type(`cd '${folder}'; clear; shoal map task.mjs a held --pool 2 > out.txt`);
    await terminal.shows(/▏ 1\/2/);
    release();
    await terminal.shows(/2 items in .* s: 2 done\./);
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe('A\nHELD\n');
    terminal.type('clear; rm go; (sleep 2; touch go) & shoal map task.mjs a held --pool 2 | cat; echo over');
    for (let look = 0; look < 20; look += 1) expect(terminal.screen().join('\n')).not.toContain('▏');
    await terminal.shows(/^over$/m);
    terminal.type('clear; rm go; shoal map task.mjs a held --pool 2 --progress | cat > out.txt');
    await terminal.shows(/▏ 1\/2/);
    release();
    await terminal.shows(/2 items in/);
  },
);
