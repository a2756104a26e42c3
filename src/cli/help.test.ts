import { expect, test } from 'vitest';
import { LazyEngine } from './process/lazy-engine.ts';
import { createProgram } from './program.ts';

const program = createProgram(() => {}, new LazyEngine());
const commands = [program, ...program.commands.flatMap((each) => [each, ...each.commands])];

/** The help of a command in a terminal so wide, without the texts below it. */
function helpOf(command: (typeof commands)[number], columns: number): string {
  command.configureOutput({ getOutHelpWidth: () => columns });
  return command.helpInformation();
}

test.each([80, 60, 40])('help fits a terminal of %i columns', (columns) => {
  for (const command of commands) {
    const long = helpOf(command, columns)
      .split('\n')
      // A name or a usage cannot be broken.
      .filter((line) => line.length > columns && !line.startsWith('Usage: '));
    expect([command.name(), long]).toEqual([command.name(), []]);
  }
});

test('a flag has what it does beside it, and below it where the terminal is narrow', () => {
  const thumbs = program.commands.find((command) => command.name() === 'thumbs') ?? program;
  expect(helpOf(thumbs, 80)).toMatch(
    /^ {2}--fast {18}decode JPEG at no less than the target: quicker, less\n {26}sharp$/m,
  );
  expect(helpOf(thumbs, 40)).toMatch(
    /^ {2}--fast\n {6}decode JPEG at no less than the\n {6}target: quicker, less sharp$/m,
  );
});

test('flags stand under the headings that the window has for them', () => {
  const headings = helpOf(program.commands.find((command) => command.name() === 'fetch') ?? program, 80)
    .split('\n')
    .filter((line) => /^\S.*:$/.test(line));
  expect(headings).toEqual(
    expect.arrayContaining([
      'Options:',
      'Pace:',
      'Access:',
      'Writing:',
      'Thumbnails of what is fetched:',
      'Options of every command:',
    ]),
  );
});
