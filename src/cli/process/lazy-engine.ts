import type { Engine } from '../../engine/engine.ts';

/** Flags with which a command needs no workers. */
const idle = new Set(['--dry-run', '--help', '-h', '--queue', '--detach']);

/** The engine of the command line, created on first use: `--help` needs none. */
export class LazyEngine {
  #engine: Promise<Engine> | undefined;

  get(): Promise<Engine> {
    this.#engine ??= import('../../engine/engine.ts').then(({ Engine }) => new Engine());
    return this.#engine;
  }

  /**
   * Starts the workers that `shoal fetch` will probably need: they boot on another core while this one loads the
   * parser of the command line and the engine. This is a guess from the arguments: a run that finds no workers starts
   * its own.
   */
  async startWorkersFor([command, ...args]: readonly string[]): Promise<void> {
    if (command !== 'fetch' || args.some((arg) => idle.has(arg.replace(/=.*/s, '')))) return;
    const thumbnails = args.some((arg) => arg === '--thumbs' || arg.startsWith('--thumbs='));
    (await this.get()).startWorkers({ kind: 'fetches', thumbnails });
  }

  /** Ends workers that no run has used. */
  async end(): Promise<void> {
    await (await this.#engine)?.endWorkers();
  }
}
