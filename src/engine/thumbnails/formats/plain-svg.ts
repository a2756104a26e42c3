import { gunzipSync } from 'node:zlib';

/** An SVG of more than this, or that inflates to more, in bytes, is left to libvips, which has its own bounds. */
export const mostSvgBytes = 64 * 1024 * 1024;

/** A drawing as librsvg reads it: inflated if it is compressed (`.svgz`), and in UTF-8 if it is in UTF-16. */
export function plainSvg(bytes: Uint8Array): Uint8Array {
  return inUtf8(inflated(bytes));
}

function inflated(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostSvgBytes });
  } catch {
    return bytes;
  }
}

/** UTF-16 is told by its byte order mark, or by how `<` is written in it: XML 1.0, appendix F. */
function inUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  if (!isLittle && !isBig) return bytes;
  const text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes);
  return Buffer.from(text.replace(/^(<\?xml[^>]*?)\s+encoding\s*=\s*(["'])utf-16(?:le|be)?\2/i, '$1'));
}
