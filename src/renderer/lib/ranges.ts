/** Places as pieces, first and last of each, in their order: all of a million are one piece. */
export type Ranges = readonly (readonly [first: number, last: number])[];

export function rangeOf(one: number, other: number): Ranges {
  return [[Math.min(one, other), Math.max(one, other)]];
}

export function countOf(ranges: Ranges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

export function hasPlace(ranges: Ranges, place: number): boolean {
  const piece = ranges[pieceAt(ranges, place)];
  return piece !== undefined && piece[0] <= place;
}

/** With the place if it was not there, and without it if it was. */
export function toggled(ranges: Ranges, place: number): Ranges {
  const at = pieceAt(ranges, place);
  const piece = ranges[at];
  if (piece !== undefined && piece[0] <= place) {
    const [first, last] = piece;
    const left: Ranges = [
      ...(first < place ? [[first, place - 1] as const] : []),
      ...(place < last ? [[place + 1, last] as const] : []),
    ];
    return [...ranges.slice(0, at), ...left, ...ranges.slice(at + 1)];
  }
  const before = ranges[at - 1];
  const joinsBefore = before !== undefined && before[1] === place - 1;
  const joinsAfter = piece !== undefined && piece[0] === place + 1;
  const joined = [joinsBefore ? before[0] : place, joinsAfter ? piece[1] : place] as const;
  return [...ranges.slice(0, joinsBefore ? at - 1 : at), joined, ...ranges.slice(joinsAfter ? at + 1 : at)];
}

/** The number of the first piece that does not end before the place. */
function pieceAt(ranges: Ranges, place: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
