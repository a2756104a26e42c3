import { guardProcess } from './process/guard-process.ts';
import { startWorkersAhead } from './process/workers-ahead.ts';

/** The entry: the only place that ends the process. */
export async function main(argv: readonly string[] = process.argv): Promise<void> {
  guardProcess();
  const ahead = await startWorkersAhead(argv.slice(2));
  try {
    const { runCommandLine } = await import('./command-line.ts');
    const code = await runCommandLine(argv, ahead);
    // Output that could not be written has set one already.
    process.exitCode ||= code;
  } finally {
    void ahead?.destroy();
  }
}
