/** Tells one state of a file from another without reading it: its size and modification time. */
export function stampOf(stat: { readonly size: number; readonly mtimeMs: number }): string {
  return `${stat.size}:${stat.mtimeMs}`;
}
