import { UsageError } from '../failure.ts';

/**
 * The value of JSON that a person wrote.
 * @param path the file that it is from, for the message.
 * @throws UsageError with the line of the fault.
 */
export function valueOfJsonText(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = (cause as Error).message;
    const [, line] = /\(line (\d+) column \d+\)/.exec(reason) ?? [];
    const at = line ?? lineAt(text, Number(/position (\d+)/.exec(reason)?.[1] ?? text.length));
    throw new UsageError(`${path}:${at}: Expected JSON: ${reason.replace(/ in JSON at position.*/, '')}.`, {
      cause,
    });
  }
}

/** Editors on Windows put a mark of the byte order in front. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** The line of a key, which lies in those before it; of the nearest of them that is there. */
export function lineOfKey(text: string, keys: readonly string[]): number {
  let at = 0;
  for (const key of keys) {
    const within = text.slice(at).search(new RegExp(`"${escaped(key)}"\\s*:`));
    if (within === -1) break;
    at += within;
  }
  return lineAt(text, at);
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What JSON has, for a sentence about it. */
export function shownJson(json: unknown): string {
  try {
    return JSON.stringify(json);
  } catch {
    // It was parsed by whatever depth it has; to write it takes a call for each level.
    return 'what is nested too deeply';
  }
}
