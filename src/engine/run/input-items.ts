import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import type { Failure } from '../../shared/failure.ts';
import { type TextOfBytes, textOfBytes } from '../../shared/text-of-bytes.ts';

const carriageReturn = 0x0d;
/** Windows writes it before the first line of a text, also into a pipe. */
const byteOrderMark = Buffer.from('\uFEFF');

export interface InputItemsOptions {
  /** Ends the reading, because a silent writer must not keep the process alive after Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether items end with a NUL, which no name can have, instead of a line feed. */
  readonly null: boolean;
  /** Looks at what is read before anything is made of it. What it throws ends the reading. */
  readonly onChunk?: ((chunk: Buffer) => void) | undefined;
}

/**
 * The items of a stream, one a line, without empty ones. A line ends with a line feed, or with carriage return and line feed,
 * and with nothing else: a name may have any other character, a lone carriage return and U+2028 among them.
 */
export async function* inputItems(
  input: Readable,
  { signal, null: byNull, onChunk }: InputItemsOptions,
): AsyncGenerator<TextOfBytes, void> {
  const end = byNull ? 0 : 0x0a;
  let isFirst = true;
  const itemOf = (bytes: Buffer): TextOfBytes => {
    if (byNull) return textOfBytes(bytes);
    const from = isFirst && bytes.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0;
    isFirst = false;
    return textOfBytes(bytes.subarray(from, bytes.at(-1) === carriageReturn ? -1 : undefined));
  };
  let rest: Buffer[] = [];
  try {
    for await (const chunk of addAbortSignal(signal, input) as AsyncIterable<Buffer>) {
      onChunk?.(chunk);
      let start = 0;
      for (let at = chunk.indexOf(end); at !== -1; at = chunk.indexOf(end, start)) {
        const item = itemOf(Buffer.concat([...rest, chunk.subarray(start, at)]));
        rest = [];
        start = at + 1;
        if (item.text !== '') yield item;
      }
      if (start < chunk.length) rest.push(chunk.subarray(start));
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  const last = itemOf(Buffer.concat(rest));
  if (last.text !== '') yield last;
}

/** The failure of an item whose bytes are no text. */
export function notText(item: string): Failure {
  return { code: 'NAME_NOT_UTF8', message: `${item} is not UTF-8, which the items of a function are.` };
}
