import { startWorkersAhead } from './workers-ahead.ts';

/** The entry: the only place that ends the process. */
export async function main(argv: readonly string[] = process.argv): Promise<void> {
  const ahead = await startWorkersAhead(argv.slice(2));
  try {
    const { runCommandLine } = await import('./command-line.ts');
    process.exitCode = await runCommandLine(argv, ahead);
  } finally {
    void ahead?.destroy();
  }
}
