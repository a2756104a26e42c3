/**
 * A text's SHA-256 in hexadecimal. What computes it is loaded by the first call: Node's `crypto` takes longer to load
 * than most of what a run needs before it can start.
 */
export function hashOfText(text: string): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', text);
}
