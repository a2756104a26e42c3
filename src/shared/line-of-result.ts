import type { ItemResult } from './result.ts';

let last: { readonly result: ItemResult; readonly line: string } | undefined;

/** How a result begins as JSON: its index is its first field. */
const beginning = '{"index":';

/**
 * A result as a line of JSON: that of `--json`, and of the journal. Where both are written, both ask for the same result
 * one after the other, and it is written as JSON once. The index is left out: results come in the order of ending.
 */
export function lineOfResult(result: ItemResult): string {
  if (last?.result !== result) last = { result, line: jsonOf(result) };
  return last.line;
}

/** Cuts the index out of the text: to copy each result without it takes as long as to write it. */
function jsonOf(result: ItemResult): string {
  const json = JSON.stringify(result);
  if (json.startsWith(beginning)) return `{"type":"result"${json.slice(json.indexOf(','))}`;
  return JSON.stringify({ type: 'result', ...result, index: undefined });
}
