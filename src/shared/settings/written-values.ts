const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** `10M` is 10 × 1024 × 1024 bytes; a bare number is bytes. Undefined if the text is neither. */
export function writtenBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([kmg]?)i?b?$/i.exec(text);
  if (!match) return undefined;
  return Math.round(Number(match[1]) * (units[match[2]?.toLowerCase() ?? ''] ?? 1));
}

/** A header as HTTP writes it: `Name: value`. */
export function writtenHeader(line: string): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}
