import type { Plugin } from 'vite';

const name = '\0shoal:brotli-of-node';

/**
 * fontkit brings a decoder of Brotli, for fonts that are compressed by it: three quarters of a megabyte, most of it a
 * dictionary that Node has, too.
 */
export function brotliOfNode(): Plugin {
  return {
    name: 'shoal:brotli-of-node',
    enforce: 'pre',
    resolveId: (source) => (/^brotli\/decompress(\.js)?$/.test(source) ? name : undefined),
    load: (id) =>
      id === name
        ? "import { brotliDecompressSync } from 'node:zlib';\nexport default (bytes) => brotliDecompressSync(bytes);\n"
        : undefined,
  };
}
