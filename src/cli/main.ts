import { type Command, CommanderError } from 'commander';
import { UsageError } from '../shared/failure.ts';
import { exitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';

/** The entry: the only place that ends the process. */
export async function main(argv: readonly string[] = process.argv): Promise<void> {
  process.exitCode = await run(argv);
}

async function run(argv: readonly string[]): Promise<number> {
  let code: number = exitCode.fine;
  const program = createProgram((finished) => {
    code = finished;
  });
  for (const command of withSubcommands(program)) command.exitOverride();
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.wrongUsage;
    if (error instanceof UsageError) {
      process.stderr.write(`shoal: ${error.message}\n`);
      return exitCode.wrongUsage;
    }
    throw error;
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
