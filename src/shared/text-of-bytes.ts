/** A text from outside, whose encoding nobody told. */
export interface TextOfBytes {
  /** What is not UTF-8 is told by its bytes, as `caf\xE9.jpg`: two texts never become one. */
  readonly text: string;
  readonly isUtf8: boolean;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function textOfBytes(bytes: Uint8Array): TextOfBytes {
  const text = decoded(bytes);
  if (text !== undefined) return { text, isUtf8: true };
  let told = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes[at] ?? 0);
    const character = decoded(bytes.subarray(at, at + length));
    told += character ?? `\\x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
    at += character === undefined ? 1 : length;
  }
  return { text: told, isUtf8: false };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many bytes a character of UTF-8 has, by its first one (RFC 3629). */
function lengthOfCharacter(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
