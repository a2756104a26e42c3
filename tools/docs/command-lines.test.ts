import { type Command, CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { LazyEngine } from '../../src/cli/process/lazy-engine.ts';
import { createProgram } from '../../src/cli/program.ts';
import { commandLines, flagsNamed } from './command-lines.ts';
import { shellCommands } from './shell-words.ts';

const lines = commandLines();
/** What only the run of a page has: its files. */
const notHere = /^Cannot read the recipe /;
/** Done by the launcher of an installed app, before the command line (ADR 96). */
const ofLauncher = 'window';
/** What is said of the name of a command alone. */
const incomplete = /^error: missing required argument|^\(outputHelp\)$/;

test('each command line in the pages is one that Shoal takes', async () => {
  const refused: string[] = [];
  for (const { page, line, words, isInText } of lines) {
    if (words[0] === ofLauncher) continue;
    const reason = await refusal(words);
    if (notHere.test(reason ?? '')) continue;
    if (isInText && incomplete.test(reason ?? '')) continue;
    if (reason !== undefined) refused.push(`${page}: ${line}\n  ${reason}`);
  }
  expect(refused).toEqual([]);
  expect(lines.length).toBeGreaterThan(120);
});

/** Flags that the pages name of other programs. */
const ofOthers = new Set([
  // commander's own
  ...['--help'],
  // those of bench/
  ...['--count', '--set', '--size', '--split', '--tls', '--rounds', '--delay'],
  // curl, GNU parallel, npm, esbuild
  ...[
    '--parallel',
    '--bar',
    '--joblog',
    '--memfree',
    '--load',
    '--pipe',
    '--sshlogin',
    '--omit',
    '--external',
  ],
]);

test('each flag that the pages name is one of Shoal', () => {
  const program = createProgram(() => {}, new LazyEngine());
  const known = new Set(
    withSubcommands(program).flatMap(({ options }) => options.map(({ long }) => long ?? '')),
  );
  const unknown = flagsNamed().filter(({ flag }) => !known.has(flag) && !ofOthers.has(flag));
  expect(unknown).toEqual([]);
});

test('a flag that there is not is noticed', async () => {
  expect(await refusal(['thumbs', 'photos', '--sise', '75'])).toMatch('--sise');
  expect(await refusal(['thumbs', 'photos', '--quality', '101'])).toMatch('101');
  expect(await refusal(['thumps', 'photos'])).toMatch('thumps');
});

test('the words of a line are those that a shell makes of it', () => {
  expect(shellCommands(`A=1 shoal map './a b.mjs' "c\\"d" e\\ f#g 2> log | jq .x > out # no --word`)).toEqual(
    [
      ['A=1', 'shoal', 'map', './a b.mjs', 'c"d', 'e f#g'],
      ['jq', '.x'],
    ],
  );
});

/** Why the command line does not take these words. Nothing is done by them. */
async function refusal(words: readonly string[]): Promise<string | undefined> {
  const program = createProgram(() => {}, new LazyEngine());
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} });
    if (command.commands.length === 0) command.action(() => {});
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
