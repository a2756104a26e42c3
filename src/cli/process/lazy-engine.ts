import type { Engine } from '../../engine/engine.ts';

/** With these a command has no use for workers. */
const idle = new Set(['--dry-run', '--help', '-h']);

/** The command line's engine, loaded and made by who needs it first: `--help` needs none. */
export class LazyEngine {
  #engine: Promise<Engine> | undefined;

  get(): Promise<Engine> {
    this.#engine ??= import('../../engine/engine.ts').then(({ Engine }) => new Engine());
    return this.#engine;
  }

  /**
   * Starts the workers that `shoal fetch` is going to need: they boot on another core while what reads the command line
   * and the engine's features are loaded on this one. A guess from a glance: a command that finds none starts its own.
   */
  async startWorkersFor([command, ...args]: readonly string[]): Promise<void> {
    if (command !== 'fetch' || args.some((arg) => idle.has(arg))) return;
    const thumbnails = args.some((arg) => arg === '--thumbs' || arg.startsWith('--thumbs='));
    (await this.get()).startWorkers({ kind: 'fetches', thumbnails });
  }

  /** Ends the workers that no run has taken. */
  async end(): Promise<void> {
    await (await this.#engine)?.endWorkers();
  }
}
