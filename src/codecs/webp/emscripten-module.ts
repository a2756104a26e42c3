import {
  compileModule,
  type EmscriptenMemory,
  type EmscriptenOptions,
  optionsFor,
} from '../common/emscripten.ts';

/** What Emscripten's loaders take and give. */
type Loader<Module> = (options: EmscriptenOptions) => Promise<Module>;

/**
 * If an instance has more memory than this after a call, it is dropped: its memory never shrinks, and one large image
 * must not keep it for good.
 */
const keepUpToBytes = 48 * 1024 * 1024;

/** A WebAssembly module that Emscripten made, with its loader: compiled on first use, once a thread. */
export class EmscriptenModule<Functions extends object> {
  readonly #load: Loader<Functions & EmscriptenMemory>;
  readonly #base64: string;
  #compiled: object | undefined;
  #instance: Promise<Functions & EmscriptenMemory> | undefined;

  constructor(load: unknown, base64: string) {
    // Its package declares globals that only web pages have.
    this.#load = load as Loader<Functions & EmscriptenMemory>;
    this.#base64 = base64;
  }

  /**
   * Calls `use` with the module's functions.
   * @returns `undefined` if `use` does, or if the module lacks memory for it.
   */
  async call<Value>(use: (functions: Functions) => Value | undefined): Promise<Value | undefined> {
    try {
      this.#instance ??= this.#instantiate();
      const instance = await this.#instance;
      const value = use(instance);
      if (instance.HEAPU8.length > keepUpToBytes) this.#instance = undefined;
      return value;
    } catch (error) {
      // It is in an unknown state: the next call starts with a new one.
      this.#instance = undefined;
      if (lacksMemory(error)) return undefined;
      throw error;
    }
  }

  #instantiate(): Promise<Functions & EmscriptenMemory> {
    this.#compiled ??= compileModule(Buffer.from(this.#base64, 'base64'));
    return this.#load(optionsFor(this.#compiled));
  }
}

/** V8 and Emscripten tell missing memory, or address space, in these ways. */
function lacksMemory(error: unknown): boolean {
  // A number is an exception of C++, which is thrown only for that.
  if (error instanceof RangeError || typeof error === 'number') return true;
  return error instanceof Error && /\b(OOM|out of memory|memory access out of bounds)\b/i.test(error.message);
}
