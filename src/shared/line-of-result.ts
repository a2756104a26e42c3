import type { ItemResult } from './result.ts';

let last: { readonly result: ItemResult; readonly line: string } | undefined;

/**
 * A result as a line of JSON: that of `--json`, and of the journal. Where both are written, both ask for the same result
 * one after the other, and it is written as JSON once. The index is left out: results come in the order of ending.
 */
export function lineOfResult(result: ItemResult): string {
  if (last?.result !== result) {
    // An undefined field is left out of JSON. One copy is enough for that: a second one for each item shows.
    last = { result, line: JSON.stringify({ type: 'result', ...result, index: undefined }) };
  }
  return last.line;
}
