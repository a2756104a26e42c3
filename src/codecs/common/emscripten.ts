/** Only the parts of the global used here: TypeScript declares it only for web pages. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** The memory of a library that Emscripten made. It is another array when it has grown. */
export interface EmscriptenMemory {
  readonly HEAPU8: Uint8Array;
}

/** What Emscripten's loaders take, as far as it is used here. */
export interface EmscriptenOptions {
  readonly noInitialRun: true;
  readonly locateFile: (file: string) => string;
  readonly instantiateWasm: (imports: object, receive: (instance: object) => void) => object;
  readonly print: () => void;
  readonly printErr: () => void;
}

/** Compiles a WebAssembly module. Once a thread is enough: instances share it. */
export function compileModule(bytes: Uint8Array): object {
  return new WebAssembly.Module(bytes);
}

/** Makes a loader take a module that is compiled. */
export function optionsFor(compiled: object): EmscriptenOptions {
  return {
    noInitialRun: true,
    // There is nothing to look for.
    locateFile: (file) => file,
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(compiled, imports);
      receive(instance);
      return instance.exports;
    },
    // What libraries say goes nowhere: standard output is for results.
    print: () => {},
    printErr: () => {},
  };
}
