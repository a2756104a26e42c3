/** The longest file name on common file systems, in bytes of UTF-8. */
export const longestName = 255;

/** Joins stem and tail. If the name would be too long, whole characters are removed from the stem. */
export function fitted(stem: string, tail: string, mostBytes = longestName): string {
  if (surelyFits(stem.length + tail.length, mostBytes)) return stem + tail;
  return cut(stem, mostBytes - bytesOf(tail)) + tail;
}

/** Whether a text of so many units needs no counting: a unit of a string takes three bytes at most. */
export function surelyFits(units: number, mostBytes = longestName): boolean {
  return 3 * units <= mostBytes;
}

/** As many whole characters from the beginning as fit. */
export function cut(text: string, bytes: number): string {
  let kept = '';
  let left = bytes;
  for (const character of text) {
    left -= bytesOfCharacter(character);
    if (left < 0) break;
    kept += character;
  }
  return kept;
}

/** As UTF-8. Counted here, as this is for the window, too, where there is no Buffer. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOfCharacter(character);
  return bytes;
}

function bytesOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
