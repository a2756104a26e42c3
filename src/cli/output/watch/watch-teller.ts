import type { FolderWatchState } from '../../../engine/index.ts';
import { adviceFor } from '../../../shared/error-codes/error-codes.ts';
import { err, out } from '../streams.ts';
import { notice } from '../verbosity.ts';
import { count, counted } from '../wording.ts';

/** Tells of a watch between its rounds: events on standard output with `--json`, else lines on standard error. */
export class WatchTeller {
  readonly #json: boolean;

  constructor({ json = false }: { readonly json?: boolean }) {
    this.#json = json;
  }

  state(path: string, state: FolderWatchState): void {
    if (this.#json) {
      const { kind, ...more } = state;
      this.#event(kind === 'failed' ? 'unwatched' : kind, { path, ...more });
      return;
    }
    switch (state.kind) {
      case 'watching':
        notice(`${now()}  watching ${path}`);
        break;
      case 'gone':
        notice(`${now()}  ${path} is gone: its return is waited for`);
        break;
      case 'failed': {
        const { code, message } = state.error;
        err.lines([
          `failed   ${path} is not watched: ${message} [${code}]`,
          `  ${adviceFor(code, 'terminal')}`,
        ]);
      }
    }
  }

  round(round: number, { items, removals }: { readonly items: number; readonly removals: number }): void {
    if (this.#json) {
      this.#event('round', { round, at: new Date().toISOString(), items, ...(removals > 0 && { removals }) });
      return;
    }
    const parts = [
      ...(items > 0 ? [`${counted(items, 'item')} to do`] : []),
      ...(removals > 0 ? [`${count(removals)} to remove`] : []),
    ];
    notice(`${now()}  ${parts.join(', ')}`);
  }

  /** Why a round could not begin. */
  problem(sentences: readonly string[]): void {
    if (this.#json) this.#event('problem', { message: sentences.join(' ') });
    else for (const sentence of sentences) notice(`${now()}  ${sentence}`);
  }

  #event(type: string, fields: object): void {
    out.line(JSON.stringify({ type, ...fields }));
  }
}

/** `14:03:22` */
function now(): string {
  return new Date().toLocaleTimeString('en-GB');
}
