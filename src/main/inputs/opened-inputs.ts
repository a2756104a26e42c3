import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { t } from '../../languages/translate.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { InputRegistry } from './input-registry.ts';

/** What somebody names where the app is started: a launcher, a file manager, a terminal. */
export interface NamedInputs {
  readonly paths: readonly string[];
  /** Links, as a browser or a desktop hands them over that are dropped on the app's icon. */
  readonly links: readonly string[];
}

/** The inputs among the arguments of a command line. Switches belong to Chromium and Electron and are none. */
export function namedIn(argv: readonly string[], isPackaged: boolean, cwd: string): NamedInputs {
  const positional = argv.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'));
  // If the app is not packaged, the first one is the app's own folder, wherever Electron's switches stand.
  const named = positional.slice(isPackaged ? 0 : 1);
  const isLink = (argument: string) => /^(?:https?|s3):\/\//i.test(argument);
  return {
    paths: named.filter((argument) => !isLink(argument)).map((argument) => pathOf(argument, cwd)),
    links: named.filter(isLink),
  };
}

/** Some desktops name files by `file:` addresses. One that names no file here is refused as a path that is not there. */
function pathOf(argument: string, cwd: string): string {
  try {
    return /^file:\/\//i.test(argument) ? fileURLToPath(argument) : resolve(cwd, argument);
  } catch {
    return resolve(cwd, argument);
  }
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

  async openNamed({ paths, links }: NamedInputs): Promise<void> {
    if (links.length > 0) {
      const list = this.#registry.registerText(links.join('\n'), t('Dropped list'));
      this.give({ inputs: [list], refused: [] });
    }
    await this.open(paths);
  }

  /** As `open`, of what is registered already. */
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
