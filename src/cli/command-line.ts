import { type Command, CommanderError } from 'commander';
import { UsageError } from '../shared/failure.ts';
import { flagHint } from './flags/flag-hint.ts';
import { err } from './output/streams.ts';
import { codeOfInterruption, exitCode, Interrupted } from './process/exit-codes.ts';
import type { LazyEngine } from './process/lazy-engine.ts';
import { createProgram } from './program.ts';

/**
 * Runs what a command line says.
 * @returns the exit code.
 */
export async function runCommandLine(argv: readonly string[], engine: LazyEngine): Promise<number> {
  let code: number = exitCode.fine;
  const program = createProgram((finished) => {
    code = finished;
  }, engine);
  for (const command of withSubcommands(program)) command.exitOverride();
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof Interrupted) return codeOfInterruption(error);
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.wrongUsage;
    if (error instanceof UsageError) {
      const [first = '', ...further] = error.sentences;
      const hint = flagHint(error.setting);
      err.lines([`shoal: ${first}`, ...further, ...(hint === undefined ? [] : [hint])]);
      return exitCode.wrongUsage;
    }
    throw error;
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
