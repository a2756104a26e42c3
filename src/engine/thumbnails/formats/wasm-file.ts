import { existsSync } from 'node:fs';
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

/**
 * Its path: in the sources that of the package, in a bundle beside the code, where `tools/wasm-beside.ts` puts it. Where the
 * command line comes with the window (`tools/dist/command-line.ts`), the window's is there for both.
 */
export function wasmFile(name: WasmName): string {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return createRequire(here).resolve(wasmFiles[name]);
  const folder = dirname(fileURLToPath(here));
  const beside = join(folder, `${name}.wasm`);
  return existsSync(beside) ? beside : join(folder, '../../out/main/chunks', `${name}.wasm`);
}
