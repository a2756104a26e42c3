import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { UsageError } from '../shared/failure.ts';
import { completionCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { fetchCommand } from './commands/fetch.ts';
import { followCommand } from './commands/follow.ts';
import { mapCommand } from './commands/map.ts';
import { presetsCommand } from './commands/presets.ts';
import { runsCommand } from './commands/runs.ts';
import { thumbsCommand } from './commands/thumbs.ts';
import { tuneCommand } from './commands/tune.ts';
import { workCommand } from './commands/work.ts';
import { applyDefaults, type GivenDefault, tellDefaults } from './defaults/apply-defaults.ts';
import type { PresetFlags } from './defaults/apply-preset.ts';
import { commandsThatDo, sectionOf, withoutDefaults } from './defaults/default-names.ts';
import { fitted, helpFormat } from './flags/help-format.ts';
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
  presetsCommand,
  doctorCommand,
  configCommand,
  completionCommand,
];

const examples = `
Examples:
  shoal thumbs photos                thumbnails of a folder of images
  shoal fetch urls.txt --out files   the files of a list of URLs
  shoal map ./task.mjs a b c         your own function, for each item
  shoal runs retry last              once more what failed

shoal <command> --help tells the flags of a command and more examples; man shoal has all of it.
Exit codes: 0 all is well, 1 some items failed, 2 wrong usage and nothing was started, 130 interrupted.`;

/** The command line as a whole. Calls `finish` with the exit code; nothing in here ends the process. */
export function createProgram(finish: (code: number) => void, engine: LazyEngine): Command {
  const program = new Command('shoal')
    .description('Apply a task to every item, in parallel, results in order.')
    .version(packageJson.version)
    .configureHelp(helpFormat)
    .configureOutput({
      writeOut: (text) => out.text(fitted(text, out.columns)),
      writeErr: (text) => err.text(fitted(text, err.columns)),
      outputError: (text) => err.lines(linesOfError(text)),
    })
    .showHelpAfterError('(shoal --help, or shoal <command> --help, tells more)')
    .addHelpText('after', examples);
  for (const command of commands) {
    const added = command(finish, engine);
    for (const each of withFurther(added)) each.copyInheritedSettings(program);
    program.addCommand(added);
  }
  for (const command of commandsThatDo(program)) {
    for (const each of tellingOptions()) command.addOption(each);
  }
  return program.hook('preAction', async (_program, command) => {
    const ofPreset = await givenByPreset(command);
    const defaults = withoutDefaults.has(sectionOf(command))
      ? { given: [], notices: [] }
      : await applyDefaults(command);
    const verbosity: Verbosity = command.opts();
    if (verbosity.quiet && verbosity.verbose) {
      throw new UsageError('Expected --quiet or --verbose, got both.');
    }
    setVerbosity(verbosity);
    tellDefaults({ ...defaults, given: [...ofPreset, ...defaults.given] });
  });
}

function withFurther(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withFurther)];
}

/** What a preset or a recipe gives a command. What reads it is loaded where one is named. */
async function givenByPreset(command: Command): Promise<readonly GivenDefault[]> {
  const flags: PresetFlags = command.opts();
  if (flags.preset === undefined && flags.recipe === undefined) return [];
  const { applyPreset } = await import('./defaults/apply-preset.ts');
  return applyPreset(command, flags);
}

/**
 * The lines of commander's error. It may quote line breaks of the command line; only the one before a hint is its own.
 */
function linesOfError(text: string): string[] {
  return text.replace(/\n$/, '').split(/\n(?=\(Did you mean [^\n]*\?\)$)/);
}
