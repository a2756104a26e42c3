import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { WorkerPool } from '../engine/workers.ts';
import { fetchCommand } from './commands/fetch.ts';
import { mapCommand } from './commands/map.ts';
import { thumbsCommand } from './commands/thumbs.ts';
import { tuneCommand } from './commands/tune.ts';
import { err, out } from './output/streams.ts';

/**
 * The command line as a whole. `finish` is told the exit code; nothing in here exits.
 * @param ahead workers that have been started for the command already.
 */
export function createProgram(finish: (code: number) => void, ahead: WorkerPool | undefined): Command {
  const program = new Command('shoal')
    .description('Apply a task to every item, in parallel, results in order.')
    .version(packageJson.version)
    .configureOutput({
      writeOut: (text) => out.text(text),
      writeErr: (text) => err.text(text),
      outputError: (text) => err.lines(linesOfError(text)),
    })
    .showHelpAfterError('(shoal --help, or shoal <command> --help, tells more)');
  for (const command of [thumbsCommand, fetchCommand, mapCommand, tuneCommand]) {
    const added = command(finish, ahead).copyInheritedSettings(program);
    for (const further of added.commands) further.copyInheritedSettings(program);
    program.addCommand(added);
  }
  return program;
}

/** It quotes the command line, which may have line breaks; the one before a suggestion is commander's own. */
function linesOfError(text: string): string[] {
  return text.replace(/\n$/, '').split(/\n(?=\(Did you mean [^\n]*\?\)$)/);
}
