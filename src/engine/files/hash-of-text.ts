/**
 * A text's SHA-256 in hexadecimal. Node's `crypto` is loaded by the first call, because it takes longer to load than
 * most of what a run needs before it can start.
 */
export function hashOfText(text: string): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', text);
}
