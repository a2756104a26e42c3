/**
 * Source region and destination of a thumbnail, as both kernels' `addTarget` takes them: `Target` in
 * assembly/target.ts.
 */
export type TargetPlace = [
  width: number,
  height: number,
  left: number,
  top: number,
  spanX: number,
  spanY: number,
  canvasWidth: number,
  canvasHeight: number,
  offsetX: number,
  offsetY: number,
];

/** Only the parts of the global used here: TypeScript declares it only for web pages. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Global: new () => { readonly value: unknown };
};

const prefix = 'Outcome.';

/** One of our WebAssembly modules, compiled on first use: synchronously, and once a thread. */
export class CompiledModule<Exports> {
  readonly #base64: string;
  #compiled: object | undefined;

  constructor(base64: string) {
    this.#base64 = base64;
  }

  /** @returns undefined if the system lacks memory, or address space, of which an instance reserves gigabytes. */
  instantiate(): Exports | undefined {
    try {
      // The module has no imports, and its exports are those of its source: nothing to check at run time.
      return new WebAssembly.Instance(this.#module()).exports as unknown as Exports;
    } catch (error) {
      // A RangeError can only mean missing memory: the module has no start function that could throw one.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** The names of the module's outcomes by number, read from the module itself. */
  readOutcomeNames(): ReadonlyMap<number, string> {
    const instance = new WebAssembly.Instance(this.#module());
    const names = new Map<number, string>();
    for (const [name, value] of Object.entries(instance.exports)) {
      if (name.startsWith(prefix) && value instanceof WebAssembly.Global) {
        names.set(Number(value.value), name.slice(prefix.length));
      }
    }
    return names;
  }

  #module(): object {
    this.#compiled ??= new WebAssembly.Module(Buffer.from(this.#base64, 'base64'));
    return this.#compiled;
  }
}
