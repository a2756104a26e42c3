/** What a field expects, as a sentence below it: "One line of Latin-1 characters (up to ÿ)." */
export function expectedSentence(expected: string): string {
  return `${expected.charAt(0).toUpperCase()}${expected.slice(1)}.`;
}
