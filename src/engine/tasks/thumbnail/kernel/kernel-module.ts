import { kernelBase64 } from './kernel-binary.ts';

/** What the WebAssembly module exports; see assembly/index.ts. Numbers are 32-bit unless they say otherwise. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  input(bytes: number): number;
  open(bytes: number, tolerant: number): number;
  width(): number;
  height(): number;
  addTarget(
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
    quality: number,
  ): number;
  run(orientation: number, reduction: number): number;
  warning(): number;
  output(index: number): number;
  outputLength(index: number): number;
  guardsIntact(): number;
}

/** As much of the global as is used here: TypeScript declares it for pages only, and this is not a page. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Global: new () => { readonly value: unknown };
};

let compiled: object | undefined;

/** Compiled once a thread. Synchronous: 26 KB, a few milliseconds, and nothing to await in a worker's task. */
function kernelModule(): object {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));
  return compiled;
}

export function instantiateKernel(): KernelExports {
  // The module has no imports and exports what its source says: there is nothing to check at run time.
  return new WebAssembly.Instance(kernelModule()).exports as unknown as KernelExports;
}

const prefix = 'Outcome.';

/** The names of the module's outcomes by their numbers, from the module itself. */
export function readOutcomeNames(): ReadonlyMap<number, string> {
  const instance = new WebAssembly.Instance(kernelModule());
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(instance.exports)) {
    if (name.startsWith(prefix) && value instanceof WebAssembly.Global) {
      names.set(Number(value.value), name.slice(prefix.length));
    }
  }
  return names;
}
