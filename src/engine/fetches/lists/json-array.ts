import { JSONParser } from '@streamparser/json';
import type { Chunks } from './list-bytes.ts';
import { ListError } from './list-error.ts';

/** The longest string in the array, in characters, as of a line in other lists. */
const longestText = 1024 * 1024;

/** The elements of a JSON array, several at a time, read as they come. @throws ListError after the last that could be read. */
export async function* arrayElements(chunks: Chunks): AsyncGenerator<unknown[], void> {
  let elements: unknown[] = [];
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false, stringBufferSize: longestText });
  parser.onValue = ({ value }) => {
    elements.push(value);
  };
  const failed: { cause?: Error } = {};
  parser.onError = (cause) => {
    failed.cause ??= cause;
  };
  const taken = () => {
    const read = elements;
    elements = [];
    return read;
  };
  for await (const chunk of chunks) {
    if (!parser.isEnded) parser.write(chunk);
    yield taken();
    if (failed.cause) throw new ListError(sentenceOf(failed.cause), failed);
  }
  if (!parser.isEnded) throw new ListError('the array is not closed');
}

function sentenceOf({ message }: Error): string {
  return `it is no valid JSON (${message.split('\n')[0]})`;
}
