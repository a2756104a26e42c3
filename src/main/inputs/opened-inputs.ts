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
  #given: Registration[] = [];
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

  /** As above, of what is registered already. */
  give(registration: Registration): void {
    if (this.#pageAsked) this.#tellPage(registration);
    else this.#given.push(registration);
  }

  async take(): Promise<Registration> {
    this.#pageAsked = true;
    const given = this.#given.splice(0);
    const all = [await this.#registry.registerPaths(this.#waiting.splice(0)), ...given];
    const module = all.findLast((each) => each.module !== undefined)?.module;
    return {
      inputs: all.flatMap(({ inputs }) => inputs),
      refused: all.flatMap(({ refused }) => refused),
      ...(module && { module }),
    };
  }

  /** Call when the window closes: inputs are held again until the next page asks. */
  pageGone(): void {
    this.#pageAsked = false;
  }
}
