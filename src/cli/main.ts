import { guardProcess } from './process/guard-process.ts';
import { LazyEngine } from './process/lazy-engine.ts';

/** The entry: the only place that ends the process. */
export async function main(argv: readonly string[] = process.argv): Promise<void> {
  guardProcess();
  const engine = new LazyEngine();
  await engine.startWorkersFor(argv.slice(2));
  try {
    const { runCommandLine } = await import('./command-line.ts');
    const code = await runCommandLine(argv, engine);
    // Output that could not be written has set one already.
    process.exitCode ||= code;
  } finally {
    void engine.end();
  }
}
