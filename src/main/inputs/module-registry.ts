import { createHash, randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileOfTask } from '../../engine/map/task-address.ts';
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
  readonly ask: (module: { readonly name: string; readonly place: string }) => Promise<boolean>;
}

/** The modules whose function may be applied to items. The page can name only these. */
export class ModuleRegistry {
  readonly #options: ModuleRegistryOptions;
  readonly #paths = new Map<ModuleId, string>();
  readonly #ids = new Map<string, ModuleId>();
  /** Chosen in a dialog since the start: whoever edits their module need not be asked about each version of it. */
  readonly #chosen = new Set<string>();
  /** Questions that are open, by version: the same is not asked twice at a time. */
  readonly #open = new Map<string, Promise<boolean>>();

  constructor(options: ModuleRegistryOptions) {
    this.#options = options;
  }

  /** Takes a module that the person chose for this. @throws Error when it cannot be read, as `offer` does. */
  async choose(path: string): Promise<ChosenModule> {
    this.#remember(await versionOf(path));
    this.#chosen.add(fileOfTask(path));
    return this.#register(path);
  }

  /** Takes a module that came in another way, as by a drop, if the person agrees: each version is asked about once. */
  async offer(path: string): Promise<ChosenModule | undefined> {
    return (await this.#isAllowed(path)) ? this.#register(path) : undefined;
  }

  /** Whether a module may be loaded as it is now. The person is asked about a version that is not known. */
  async mayRun(path: string): Promise<boolean> {
    return this.#chosen.has(fileOfTask(path)) || (await this.#isAllowed(path));
  }

  get(id: ModuleId): string | undefined {
    return this.#paths.get(id);
  }

  async #isAllowed(path: string): Promise<boolean> {
    const version = await versionOf(path);
    if (this.#options.known.read().includes(version)) return true;
    const open = this.#open.get(version) ?? this.#ask(path, version);
    this.#open.set(version, open);
    return open.finally(() => this.#open.delete(version));
  }

  async #ask(path: string, version: string): Promise<boolean> {
    const agrees = await this.#options.ask({ name: basename(path), place: placeOf(path) });
    if (agrees) this.#remember(version);
    return agrees;
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

/** What a module is now: another file, or another content, is another version. Whoever allows it allows all that it exports. */
async function versionOf(task: string): Promise<string> {
  const path = fileOfTask(task);
  if ((await stat(path)).size > mostBytes) throw new TooLargeError(path);
  const content = await readFile(path);
  return createHash('sha256').update(`${path}\0`).update(content).digest('hex');
}
