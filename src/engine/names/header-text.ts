/**
 * The text of a header whose bytes are given as Latin-1, one character a byte: UTF-8 if it is valid as that, and Latin-1
 * otherwise. Both are sent, although ASCII is all that HTTP promises (RFC 9110, 5.5).
 */
export function headerText(latin1: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it is about
  if (/^[\u0000-\u007f]*$/.test(latin1) || !/^[\u0000-\u00ff]*$/.test(latin1)) return latin1;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}

/** An address from a header: bytes beyond ASCII stay the bytes that they are, which is what the server understands. */
export function headerAddress(latin1: string): string {
  return latin1.replace(/[\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
