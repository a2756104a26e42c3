import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The WebAssembly of libraries, as one would import it. */
export const wasmFiles = {
  jpeg2000: '@cornerstonejs/codec-openjpeg/decodewasm',
  jxl: '@jsquash/jxl/codec/dec/jxl_dec.wasm',
  pdf: '@hyzyla/pdfium/pdfium.wasm',
} as const;

export type WasmName = keyof typeof wasmFiles;

/** Its path: in the sources that of the package, in a bundle beside the code, where `tools/wasm-beside.ts` puts it. */
export function wasmFile(name: WasmName): string {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return createRequire(here).resolve(wasmFiles[name]);
  return join(dirname(fileURLToPath(here)), `${name}.wasm`);
}
