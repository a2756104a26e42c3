import type { WorkerPool } from '../../engine/workers.ts';

/** With these a command has no use for workers. */
const idle = new Set(['--dry-run', '--help', '-h']);

/**
 * Starts the workers that `shoal fetch` is going to need: they boot on another core while what reads the command line
 * and the engine are loaded on this one. A guess from a glance: a command that finds none starts its own, and whoever
 * asks for them here ends them, used or not.
 */
export async function startWorkersAhead([command, ...args]: readonly string[]): Promise<
  WorkerPool | undefined
> {
  if (command !== 'fetch' || args.some((arg) => idle.has(arg))) return undefined;
  const { startFetchPool } = await import('../../engine/workers.ts');
  const thumbnails = args.some((arg) => arg === '--thumbs' || arg.startsWith('--thumbs='));
  return startFetchPool(thumbnails);
}
