import { readFileSync } from 'node:fs';
import {
  compileModule,
  type EmscriptenMemory,
  type EmscriptenOptions,
  optionsFor,
} from '../../../codecs/common/emscripten.ts';
import { ItemError } from '../../../shared/failure.ts';
import { type WasmName, wasmFile } from './wasm-file.ts';

/** An instance with more memory than this after a call is dropped: its memory never shrinks. */
const keepUpToBytes = 64 * 1024 * 1024;

/** A library that Emscripten made, whose module is a file of its own. Compiled by its first use, once a thread. */
export class WasmLibrary<Functions extends object> {
  readonly #load: (options: EmscriptenOptions) => Promise<Functions & EmscriptenMemory>;
  readonly #name: WasmName;
  #compiled: object | undefined;
  #instance: Promise<Functions & EmscriptenMemory> | undefined;

  /**
   * @param load the package's loader.
   * @param name of its module.
   */
  constructor(load: unknown, name: WasmName) {
    this.#load = load as (options: EmscriptenOptions) => Promise<Functions & EmscriptenMemory>;
    this.#name = name;
  }

  async functions(): Promise<Functions & EmscriptenMemory> {
    this.#instance ??= this.#instantiate();
    return this.#instance;
  }

  /**
   * Calls `use` with the library's functions.
   * @throws ItemError `OUT_OF_MEMORY` where the library lacks memory, and what `use` throws: then nobody knows its state,
   *   and the next call starts a new one.
   */
  async call<Value>(name: string, use: (functions: Functions & EmscriptenMemory) => Value): Promise<Value> {
    try {
      const functions = await this.functions();
      const value = use(functions);
      if (functions.HEAPU8.length > keepUpToBytes) this.#instance = undefined;
      return value;
    } catch (error) {
      this.#instance = undefined;
      if (!lacksMemory(error)) throw error;
      throw new ItemError('OUT_OF_MEMORY', `${name} needs more memory than its decoder can have.`, {
        cause: error,
      });
    }
  }

  #instantiate(): Promise<Functions & EmscriptenMemory> {
    this.#compiled ??= compileModule(readFileSync(wasmFile(this.#name)));
    return this.#load(optionsFor(this.#compiled));
  }
}

/** V8 and Emscripten tell missing memory, or address space, in these ways. */
function lacksMemory(error: unknown): boolean {
  if (error instanceof RangeError) return /memory|length|allocation/i.test(error.message);
  return error instanceof Error && /\b(OOM|out of memory|enlarge memory)\b/i.test(error.message);
}
