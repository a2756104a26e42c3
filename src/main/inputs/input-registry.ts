import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { t } from '../../languages/translate.ts';
import type {
  ChosenModule,
  InputId,
  InputKind,
  RefusedInput,
  RegisteredInput,
  Registration,
} from '../../shared/ipc/inputs.ts';
import { kindOfFile } from './kind-of-file.ts';
import { placeOf } from './place-of.ts';
import { whyNoImage } from './why-no-image.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** The path or text behind an id. The page never sees it. */
export type Input =
  | { readonly kind: InputKind; readonly path: string }
  | { readonly kind: 'list'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** How many `stat` calls run at once: the rest of libuv's threads stay free for the pool. */
const statsAtOnce = 32;

/** Gives ids to the inputs of a person. Only inputs registered here can be run. */
export class InputRegistry {
  readonly #inputs = new Map<InputId, Input>();
  /** What was given before has its id already: the page knows by it that it is the same. */
  readonly #ids = new Map<string, InputId>();
  readonly #onPaths: (paths: readonly string[]) => void;
  readonly #offer: (path: string) => Promise<ChosenModule | undefined>;

  /**
   * @param onPaths called with the paths that a person gave and that can be used.
   * @param offer takes a module that is among them, if it may run.
   */
  constructor(
    onPaths: (paths: readonly string[]) => void = () => {},
    offer: (path: string) => Promise<ChosenModule | undefined> = async () => undefined,
  ) {
    this.#onPaths = onPaths;
    this.#offer = offer;
  }

  /** A path that cannot be used is reported as refused; the others are registered. */
  async registerPaths(paths: readonly string[]): Promise<Registration> {
    const registered: RegisteredInput[] = [];
    const refused: RefusedInput[] = [];
    const usable: string[] = [];
    const modules: string[] = [];
    const unique = [...new Set(paths.map((path) => resolve(path)))];
    for (let start = 0; start < unique.length; start += statsAtOnce) {
      const looked = await Promise.all(unique.slice(start, start + statsAtOnce).map(look));
      for (const found of looked) {
        if ('message' in found) refused.push(found);
        else if (found.kind === 'module') modules.push(found.path);
        else {
          registered.push(this.#add(found, basename(found.path) || found.path));
          usable.push(found.path);
        }
      }
    }
    this.#onPaths(usable);
    const [first, ...others] = modules;
    const module = first === undefined ? undefined : await this.#moduleAt(first);
    if (module !== undefined && 'message' in module) refused.push(module);
    for (const other of others) refused.push(oneModule(basename(other)));
    return { inputs: registered, refused, ...(module && 'id' in module && { module }) };
  }

  /** A module that cannot be used is no reason to lose what was given with it. */
  async #moduleAt(path: string): Promise<ChosenModule | RefusedInput> {
    const name = basename(path);
    try {
      return (await this.#offer(path)) ?? notAllowed(name);
    } catch (error) {
      return { name, message: whyUnreadable(name, error) };
    }
  }

  registerText(text: string, name: string): RegisteredInput {
    return this.#add({ kind: 'list', text }, name);
  }

  /** As lines of a text where they can be lines, since a text may be as long as it likes. */
  registerItems(items: readonly string[], name: string): RegisteredInput {
    const areLines = items.every((item) => item !== '' && !/\n|\r$/.test(item));
    return areLines ? this.registerText(items.join('\n'), name) : this.#add({ kind: 'list', items }, name);
  }

  get(id: InputId): Input | undefined {
    return this.#inputs.get(id);
  }

  #add(input: Input, name: string): RegisteredInput {
    const path = 'path' in input ? input.path : undefined;
    const id = (path === undefined ? undefined : this.#ids.get(path)) ?? (randomUUID() as InputId);
    this.#inputs.set(id, input);
    if (path === undefined) return { id, kind: input.kind, name };
    this.#ids.set(path, id);
    return { id, kind: input.kind, name, place: placeOf(path) };
  }
}

function notAllowed(name: string): RefusedInput {
  return { name, message: t('{{name}} is a program, and was not allowed to run.', { name }) };
}

function oneModule(name: string): RefusedInput {
  return { name, message: t('{{name}} was left out: a run has one module.', { name }) };
}

type Found = Extract<Input, { path: string }> | { readonly kind: 'module'; readonly path: string };

async function look(path: string): Promise<Found | RefusedInput> {
  const name = basename(path) || path;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { kind: 'folder', path };
    if (!found.isFile()) return { name, message: t('{{name}} is neither a file nor a folder.', { name }) };
    const kind = kindOfFile(path);
    const reason = kind === 'image' ? await whyNoImage(path, name) : undefined;
    return reason === undefined ? { kind, path } : { name, message: reason };
  } catch (error) {
    return { name, message: whyUnreadable(name, error) };
  }
}
