import { resolve } from 'node:path';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { InputRegistry } from './input-registry.ts';

/** The paths among a command line's arguments. Switches are Chromium's and Electron's, not inputs. */
export function pathsOf(argv: readonly string[], isPackaged: boolean, cwd: string): string[] {
  const positional = argv.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'));
  // Not packaged, the first of them is the app's own folder, wherever Electron's switches stand.
  return positional.slice(isPackaged ? 0 : 1).map((argument) => resolve(cwd, argument));
}

/** Holds what came by arguments or "open with" until a page asks, and then tells it at once. */
export class OpenedInputs {
  #waiting: string[] = [];
  #pageAsked = false;
  readonly #registry: InputRegistry;
  readonly #tellPage: (registration: Registration) => void;

  constructor(registry: InputRegistry, tellPage: (registration: Registration) => void) {
    this.#registry = registry;
    this.#tellPage = tellPage;
  }

  async open(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    if (this.#pageAsked) this.#tellPage(await this.#registry.registerPaths(paths));
    else this.#waiting.push(...paths);
  }

  async take(): Promise<Registration> {
    this.#pageAsked = true;
    return this.#registry.registerPaths(this.#waiting.splice(0));
  }

  /** The window closed: hold again until the next one asks. */
  pageGone(): void {
    this.#pageAsked = false;
  }
}
