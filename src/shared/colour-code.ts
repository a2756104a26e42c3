/** A colour, 0xRRGGBB, as CSS writes it: "#0c7489". */
export function colourCode(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}

/** The colour of such a code. */
export function colourOfCode(code: string): number {
  return Number.parseInt(code.slice(1), 16);
}
