/** The name that was probably meant: the nearest one, if it is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const each of names) {
    const distance = distanceOf(name, each);
    if (
      distance <= Math.max(1, each.length * 0.4) &&
      distance < (best?.distance ?? Number.POSITIVE_INFINITY)
    ) {
      best = { name: each, distance };
    }
  }
  return best?.name;
}

/** The number of characters to insert, remove, replace or swap with their neighbour (Damerau and Levenshtein). */
function distanceOf(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, character] of [...one].entries()) {
    const next = [at + 1];
    for (let to = 1; to <= other.length; to += 1) {
      const replaced = (row[to - 1] ?? 0) + (character === other[to - 1] ? 0 : 1);
      const isSwapped = character === other[to - 2] && one[at - 1] === other[to - 1];
      const swapped = isSwapped ? (before[to - 2] ?? 0) + 1 : replaced;
      next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, replaced, swapped));
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}

/** `; quality is one`, for a sentence that says that there is none of a name; nothing where none is near. */
export function meant(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; ${near} is one`;
}
