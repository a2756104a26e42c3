import { createHash, randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ChosenModule, ModuleId } from '../../shared/ipc/inputs.ts';
import { placeOf } from './place-of.ts';
import { TooLargeError } from './why-unreadable.ts';

/** So many versions of modules are remembered; of older ones is asked again. */
const mostKnown = 1_000;
/** A module is read whole. With more bytes than this it is none: a film may end with `.ts` too. */
const mostBytes = 16_000_000;

interface ModuleRegistryOptions {
  /** The versions that the person has allowed to run. */
  readonly known: { read(): string[]; write(versions: string[]): void };
  /** Asks the person whether a module may run, which then has all the person's rights. */
  readonly mayRun: (name: string) => Promise<boolean>;
}

/** The modules whose function may be applied to items. The page can name only these. */
export class ModuleRegistry {
  readonly #options: ModuleRegistryOptions;
  readonly #paths = new Map<ModuleId, string>();
  readonly #ids = new Map<string, ModuleId>();

  constructor(options: ModuleRegistryOptions) {
    this.#options = options;
  }

  /** Takes a module that the person chose for this. @throws Error when it cannot be read, as `offer` does. */
  async choose(path: string): Promise<ChosenModule> {
    this.#remember(await versionOf(path));
    return this.#register(path);
  }

  /** Takes a module that came in another way, as by a drop, if the person agrees: each version is asked about once. */
  async offer(path: string): Promise<ChosenModule | undefined> {
    const version = await versionOf(path);
    if (!this.#options.known.read().includes(version)) {
      if (!(await this.#options.mayRun(basename(path)))) return undefined;
      this.#remember(version);
    }
    return this.#register(path);
  }

  get(id: ModuleId): string | undefined {
    return this.#paths.get(id);
  }

  #register(path: string): ChosenModule {
    const id = this.#ids.get(path) ?? (randomUUID() as ModuleId);
    this.#ids.set(path, id);
    this.#paths.set(id, path);
    return { id, name: basename(path), place: placeOf(path) };
  }

  #remember(version: string): void {
    const { known } = this.#options;
    known.write([version, ...known.read().filter((each) => each !== version)].slice(0, mostKnown));
  }
}

/** What a module is now: another file, or another content, is another version. */
async function versionOf(path: string): Promise<string> {
  if ((await stat(path)).size > mostBytes) throw new TooLargeError(path);
  const content = await readFile(path);
  return createHash('sha256').update(`${path}\0`).update(content).digest('hex');
}
