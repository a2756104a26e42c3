import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type {
  InputId,
  InputKind,
  RefusedInput,
  RegisteredInput,
  Registration,
} from '../../shared/ipc/inputs.ts';
import { kindOfFile } from './kind-of-file.ts';

/** What an id stands for, which the page never learns. */
export type Input =
  | { readonly kind: InputKind; readonly path: string }
  | { readonly kind: 'list'; readonly text: string };

/** How many `stat`s at once: the rest of libuv's threads stay free for the pool. */
const statsAtOnce = 32;

/** Turns what a person gave into ids. Only what passed through here can be run. */
export class InputRegistry {
  readonly #inputs = new Map<InputId, Input>();

  /** A path that cannot be used is told back, and does not keep the others out. */
  async registerPaths(paths: readonly string[]): Promise<Registration> {
    const registered: RegisteredInput[] = [];
    const refused: RefusedInput[] = [];
    const unique = [...new Set(paths.map((path) => resolve(path)))];
    for (let start = 0; start < unique.length; start += statsAtOnce) {
      const looked = await Promise.all(unique.slice(start, start + statsAtOnce).map(look));
      for (const found of looked) {
        if ('message' in found) refused.push(found);
        else registered.push(this.#add(found, basename(found.path) || found.path));
      }
    }
    return { inputs: registered, refused };
  }

  registerText(text: string, name: string): RegisteredInput {
    return this.#add({ kind: 'list', text }, name);
  }

  get(id: InputId): Input | undefined {
    return this.#inputs.get(id);
  }

  #add(input: Input, name: string): RegisteredInput {
    const id = randomUUID() as InputId;
    this.#inputs.set(id, input);
    return { id, kind: input.kind, name };
  }
}

async function look(path: string): Promise<Extract<Input, { path: string }> | RefusedInput> {
  const name = basename(path) || path;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { kind: 'folder', path };
    if (!found.isFile()) return { name, message: `${name} is neither a file nor a folder.` };
    return { kind: kindOfFile(path), path };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return { name, message: `${name} is not there any more.` };
    if (code === 'EACCES' || code === 'EPERM') return { name, message: `${name} may not be read.` };
    return { name, message: `${name} cannot be read (${code || String(error)}).` };
  }
}
