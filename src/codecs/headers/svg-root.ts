/** An absolute length, in whatever unit. */
const length = /^\s*\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*(px|pt|pc|cm|mm|in|em|ex|ch|rem|q)?\s*$/i;
/** What may stand before the root element: a declaration, comments, instructions, a DOCTYPE with or without a subset. */
const prologue = /^(?:\ufeff|\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>)/i;
const root = /^<(?:[\w.-]+:)?svg(?=[\s/>])((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)/;
/** The root element stands within so many bytes; a drawing with more before it is left as it is. */
const mostBefore = 256 * 1024;

/**
 * Gives a drawing without a size of its own, and without a viewBox to take its shape from, the size that CSS gives
 * replaced elements: 300 by 150 pixels (CSS 2.2, 10.3.2 and 10.6.2). librsvg would take the size of what it draws.
 */
export function withCssSize(svg: Uint8Array): Uint8Array {
  // Latin-1 keeps each byte as one character, so that places in the text are places in the bytes.
  const text = Buffer.from(svg.buffer, svg.byteOffset, Math.min(svg.length, mostBefore)).toString('latin1');
  const at = rootAt(text);
  const attributes = at === undefined ? undefined : root.exec(text.slice(at));
  if (at === undefined || !attributes) return svg;
  const all = attributes[1] ?? '';
  const value = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)`).exec(all)?.[1];
  const isTold = (name: string) => length.test(value(name) ?? '');
  // Entities may stand for anything.
  if (all.includes('&')) return svg;
  if (value('viewBox') !== undefined || (isTold('width') && isTold('height'))) return svg;
  const told = (name: 'width' | 'height', otherwise: number) =>
    ` ${name}="${isTold(name) ? value(name) : otherwise}"`;
  const kept = all.replace(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/g, '');
  const tag = attributes[0].slice(0, attributes[0].length - all.length);
  return Buffer.concat([
    svg.subarray(0, at),
    Buffer.from(`${tag}${kept}${told('width', 300)}${told('height', 150)}`, 'latin1'),
    svg.subarray(at + attributes[0].length),
  ]);
}

function rootAt(text: string): number | undefined {
  // UTF-8's byte order mark.
  let at = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  for (;;) {
    const rest = text.slice(at);
    if (root.test(rest)) return at;
    const before = prologue.exec(rest);
    if (!before) return undefined;
    at += before[0].length;
  }
}
