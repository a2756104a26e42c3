import { guardEnd, guardProcess } from './process/guard-process.ts';
import { LazyEngine } from './process/lazy-engine.ts';

/** The entry point of the command line: runs it and sets the exit code. */
export async function main(argv: readonly string[] = process.argv): Promise<void> {
  guardProcess();
  const ended = guardEnd();
  const engine = new LazyEngine();
  await engine.startWorkersFor(argv.slice(2));
  try {
    const { runCommandLine } = await import('./command-line.ts');
    const code = await runCommandLine(argv, engine);
    // If output could not be written, an exit code is set already.
    process.exitCode ||= code;
  } finally {
    ended();
    void engine.end();
  }
}
