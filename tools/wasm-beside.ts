import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { wasmFiles } from '../src/engine/thumbnails/formats/wasm-file.ts';

const require = createRequire(import.meta.url);

/** Puts the WebAssembly of libraries that are bundled beside the code that reads it, where `wasmFile` looks for it. */
export function wasmBeside(folder = ''): Plugin {
  return {
    name: 'shoal:wasm-beside',
    generateBundle() {
      for (const [name, file] of Object.entries(wasmFiles)) {
        this.emitFile({
          type: 'asset',
          fileName: `${folder}${name}.wasm`,
          source: readFileSync(require.resolve(file)),
        });
      }
    },
  };
}
