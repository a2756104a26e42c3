import { resolve } from 'node:path';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { InputRegistry } from './input-registry.ts';

/** The paths among the arguments of a command line. Switches belong to Chromium and Electron and are no inputs. */
export function pathsOf(argv: readonly string[], isPackaged: boolean, cwd: string): string[] {
  const positional = argv.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'));
  // If the app is not packaged, the first one is the app's own folder, wherever Electron's switches stand.
  return positional.slice(isPackaged ? 0 : 1).map((argument) => resolve(cwd, argument));
}

/** Holds the inputs given by arguments or "open with" until a page asks for them; later ones are sent at once. */
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

  /** Call when the window closes: inputs are held again until the next page asks. */
  pageGone(): void {
    this.#pageAsked = false;
  }
}
