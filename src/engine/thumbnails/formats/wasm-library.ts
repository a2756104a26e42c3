import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ItemError } from '../../../shared/failure.ts';

/** Only the parts of the global used here: TypeScript declares it only for web pages. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

interface Options {
  readonly noInitialRun: true;
  readonly locateFile: (file: string) => string;
  readonly instantiateWasm: (imports: object, receive: (instance: object) => void) => object;
  /** What libraries say goes nowhere: standard output is for results. */
  readonly print: () => void;
  readonly printErr: () => void;
}

interface Memory {
  readonly HEAPU8: Uint8Array;
}

/** An instance with more memory than this after a call is dropped: its memory never shrinks. */
const keepUpToBytes = 64 * 1024 * 1024;
const require = createRequire(import.meta.url);

/** A library that Emscripten made, whose module is a file of its package. Compiled by its first use, once a thread. */
export class WasmLibrary<Functions extends object> {
  readonly #load: (options: Options) => Promise<Functions & Memory>;
  readonly #file: string;
  #compiled: object | undefined;
  #instance: Promise<Functions & Memory> | undefined;

  /**
   * @param load the package's loader.
   * @param file the module, as one would import it.
   */
  constructor(load: unknown, file: string) {
    this.#load = load as (options: Options) => Promise<Functions & Memory>;
    this.#file = file;
  }

  async functions(): Promise<Functions & Memory> {
    this.#instance ??= this.#instantiate();
    return this.#instance;
  }

  /**
   * Calls `use` with the library's functions.
   * @throws ItemError `OUT_OF_MEMORY` where the library lacks memory, and what `use` throws: then nobody knows its state,
   *   and the next call starts a new one.
   */
  async call<Value>(name: string, use: (functions: Functions & Memory) => Value): Promise<Value> {
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

  #instantiate(): Promise<Functions & Memory> {
    this.#compiled ??= new WebAssembly.Module(readFileSync(require.resolve(this.#file)));
    const compiled = this.#compiled;
    return this.#load({
      noInitialRun: true,
      locateFile: (file) => file,
      instantiateWasm: (imports, receive) => {
        const instance = new WebAssembly.Instance(compiled, imports);
        receive(instance);
        return instance.exports;
      },
      print: () => {},
      printErr: () => {},
    });
  }
}

/** V8 and Emscripten tell missing memory, or address space, in these ways. */
function lacksMemory(error: unknown): boolean {
  if (error instanceof RangeError) return /memory|length|allocation/i.test(error.message);
  return error instanceof Error && /\b(OOM|out of memory|enlarge memory)\b/i.test(error.message);
}
