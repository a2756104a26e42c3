import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { needs } from '../../test/needs.ts';
import { Shell, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { Terminal, withTmux } from '../../test/tmux.ts';

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const withZsh = needs('zsh', isThere('zsh') && spawnSync('tmux', ['-V']).status === 0);
const withFish = needs('fish', isThere('fish'));

/** A folder with a script, and files of which only some are images. */
async function scriptIn(shell: string): Promise<{ folder: string; script: string }> {
  const folder = tempFolder();
  const { stdout } = await new Shell().run(['completion', shell]);
  writeFileSync(join(folder, 'script'), stdout);
  mkdirSync(join(folder, 'photos'));
  writeFileSync(join(folder, 'urls.txt'), '');
  return { folder, script: join(folder, 'script') };
}

/** Types the beginning of a line, looks at what Tab makes of it, and clears the line. */
function completing(terminal: Terminal) {
  return async (typed: string, expected: RegExp): Promise<void> => {
    terminal.write(typed);
    terminal.press('Tab');
    await terminal.shows(expected);
    terminal.press('C-u');
    terminal.type('clear');
    await terminal.shows(/^\$ *$/);
  };
}

withTmux.test('bash completes commands, flags, choices, paths, presets and runs', async () => {
  const { folder, script } = await scriptIn('bash');
  const terminal = new Terminal({ columns: 100 });
  terminal.type(`cd '${folder}'; source '${script}'; shoal thumbs photos; clear`);
  const completed = completing(terminal);
  await completed('shoal thu', /\$ shoal thumbs *$/);
  await completed('shoal thumbs --posi', /--position *$/);
  await completed('shoal thumbs photos --fit co', /--fit co(?:ver|ntain)?/);
  await completed('shoal thumbs photos --format=we', /--format=webp *$/);
  await completed('shoal thumbs pho', /thumbs photos\/ *$/);
  await completed('shoal runs ret', /runs retry *$/);
  await completed('shoal runs retry last --only HTTP_40', /HTTP_40/);
  await completed('shoal runs show 20', /runs show 20\d{6}-\S+ *$/);
  await completed('shoal tune fetch ur', /tune fetch urls\.txt *$/);
  await completed('shoal completion z', /completion zsh *$/);
  await completed('shoal thumbs --preset av', /--preset avatar *$/);
  await completed('shoal presets show cont', /show contact-sheet *$/);
  terminal.type(`shoal presets save thumbs "Oma's & (large)"; clear`);
  await completed('shoal thumbs --preset Om', /--preset Oma\\'s\\ \\&\\ \\\(large\\\) *$/);
  await completed("shoal thumbs --preset Oma\\'s\\ ", /--preset Oma\\'s\\ \\&\\ \\\(large\\\) *$/);
  await completed('shoal fetch --preset Om', /--preset Om *$/);
});

withZsh.test('zsh completes them, with what they are', async () => {
  const { folder, script } = await scriptIn('zsh');
  const terminal = new Terminal({ columns: 100 }, ['zsh', '-f']);
  terminal.type(`PS1='$ '; cd '${folder}'; autoload -Uz compinit; compinit -u -D; source '${script}'; clear`);
  const completed = completing(terminal);
  await completed('shoal thu', /\$ shoal thumbs *$/);
  await completed('shoal thumbs --posi', /--position *$/);
  await completed('shoal thumbs photos --fit cov', /--fit cover *$/);
  await completed('shoal thumbs pho', /thumbs photos\/ *$/);
  await completed('shoal runs ', /retry +-- do again what failed/);
  await completed('shoal runs show la', /runs show last *$/);
  await completed('shoal runs retry last --only HTTP_404', /HTTP_404 *$/);
  terminal.type(`shoal presets save thumbs "Oma's & (large)"; clear`);
  await completed('shoal thumbs --preset Om', /--preset Oma\\'s\\ \\&\\ \\\(large\\\) *$/);
});

withFish.test('fish completes them, with what they are', async () => {
  const { folder, script } = await scriptIn('fish');
  const state = tempFolder();
  await new Shell(state).run(['thumbs', await sampleFolder(1)]);
  const complete = (typed: string): string[] => {
    const shoal = `function shoal; '${process.execPath}' '${shoalBin}' $argv; end`;
    const env = { ...process.env, HOME: folder, SHOAL_STATE_DIR: state, SHOAL_CONFIG_DIR: state };
    const line = `${shoal}; source '${script}'; complete -C ${JSON.stringify(typed)}`;
    const { stdout } = spawnSync('fish', ['--no-config', '-c', line], { cwd: folder, env, encoding: 'utf8' });
    return stdout.trimEnd().split('\n');
  };
  expect(complete('shoal th')).toEqual([expect.stringMatching(/^thumbs\tmake thumbnails of folders/)]);
  expect(complete('shoal thumbs --pos')).toEqual([expect.stringMatching(/^--position\t/)]);
  expect(complete('shoal thumbs --fit cov')).toEqual([expect.stringMatching(/^cover/)]);
  expect(complete('shoal thumbs pho')).toEqual(['photos/']);
  expect(complete('shoal tune fetch ur')).toEqual(['urls.txt']);
  await new Shell(state).run(['presets', 'save', 'thumbs', "Oma's & (large)"]);
  expect(complete('shoal thumbs --preset Om')).toEqual(["Oma's & (large)\tthumbs"]);
  expect(complete('shoal runs ret')).toEqual([expect.stringMatching(/^retry\tdo again/)]);
  expect(complete('shoal runs show ')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^last\tthe newest run$/),
      expect.stringMatching(/^20\d{6}-\S+\tthumbs /),
    ]),
  );
});

describe('the scripts', () => {
  test.each(['bash', 'zsh', 'fish'])('of %s are of a shell that can read them', async (shell) => {
    const { script } = await scriptIn(shell);
    if (isThere(shell)) expect(spawnSync(shell, ['-n', script], { encoding: 'utf8' }).stderr).toBe('');
  });
});

test('another shell is refused, and only the three are named', async () => {
  const { code, stderr } = await new Shell().run(['completion', 'tcsh']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('Allowed choices are bash, zsh, fish.')]);
});
