/** Identifies a version of a file without reading it, by its size and modification time. */
export function stampOf(stat: { readonly size: number; readonly mtimeMs: number }): string {
  return `${stat.size}:${stat.mtimeMs}`;
}
