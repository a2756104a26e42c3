import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { UsageError } from '../shared/failure.ts';
import { doctorCommand } from './commands/doctor.ts';
import { fetchCommand } from './commands/fetch.ts';
import { followCommand } from './commands/follow.ts';
import { mapCommand } from './commands/map.ts';
import { runsCommand } from './commands/runs.ts';
import { thumbsCommand } from './commands/thumbs.ts';
import { tuneCommand } from './commands/tune.ts';
import { workCommand } from './commands/work.ts';
import { tellingOptions } from './flags/options.ts';
import { err, out } from './output/streams.ts';
import { setVerbosity, type Verbosity } from './output/verbosity.ts';
import type { LazyEngine } from './process/lazy-engine.ts';

const commands = [
  thumbsCommand,
  fetchCommand,
  mapCommand,
  tuneCommand,
  workCommand,
  followCommand,
  runsCommand,
  doctorCommand,
];

/** The command line as a whole. Calls `finish` with the exit code; nothing in here ends the process. */
export function createProgram(finish: (code: number) => void, engine: LazyEngine): Command {
  const program = new Command('shoal')
    .description('Apply a task to every item, in parallel, results in order.')
    .version(packageJson.version)
    .configureOutput({
      writeOut: (text) => out.text(text),
      writeErr: (text) => err.text(text),
      outputError: (text) => err.lines(linesOfError(text)),
    })
    .showHelpAfterError('(shoal --help, or shoal <command> --help, tells more)');
  for (const command of commands) {
    const added = command(finish, engine).copyInheritedSettings(program);
    for (const further of added.commands) further.copyInheritedSettings(program);
    program.addCommand(added);
  }
  for (const command of commandsThatDo(program)) {
    for (const each of tellingOptions()) command.addOption(each);
  }
  return program.hook('preAction', (_program, command) => {
    const verbosity: Verbosity = command.opts();
    if (verbosity.quiet && verbosity.verbose) {
      throw new UsageError('Expected --quiet or --verbose, got both.');
    }
    setVerbosity(verbosity);
  });
}

/** The commands that have no further ones. */
function commandsThatDo({ commands }: Command): Command[] {
  return commands.flatMap((each) => (each.commands.length === 0 ? [each] : commandsThatDo(each)));
}

/**
 * The lines of commander's error. It may quote line breaks of the command line; only the one before a hint is its own.
 */
function linesOfError(text: string): string[] {
  return text.replace(/\n$/, '').split(/\n(?=\(Did you mean [^\n]*\?\)$)/);
}
