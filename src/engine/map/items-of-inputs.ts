import { createReadStream, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { UsageError } from '../../shared/failure.ts';
import type { ItemInput, MapRequest } from '../../shared/requests.ts';
import type { TextOfBytes } from '../../shared/text-of-bytes.ts';
import { failureOfSystemError, isSystemError } from '../files/system-error.ts';
import { inputItems } from '../run/input-items.ts';
import { journalPath } from '../run/journal/journal-folder.ts';
import { journalLines } from '../run/journal/read-journal.ts';

/** An item, or what stands for one whose bytes are no text. */
export type MapItem = TextOfBytes;

/**
 * The items of a request, in the order of its inputs.
 * @throws UsageError when a list or folder cannot be read.
 */
export async function* itemsOfInputs(
  { inputs, recursive }: Pick<MapRequest, 'inputs' | 'recursive'>,
  signal: AbortSignal,
): AsyncGenerator<MapItem, void> {
  for (const input of inputs) {
    if (signal.aborted) return;
    yield* itemsOf(input, recursive, signal);
  }
}

async function* itemsOf(
  input: ItemInput,
  recursive: boolean,
  signal: AbortSignal,
): AsyncGenerator<MapItem, void> {
  switch (input.kind) {
    case 'text':
      yield* inputItems(Readable.from([Buffer.from(input.text)]), { signal, null: false });
      break;
    case 'list':
      yield* readable(input.path, inputItems(createReadStream(input.path), { signal, null: false }));
      break;
    case 'folder':
      yield* readable(input.path, filesOf(input.path, recursive, signal));
      break;
    case 'items':
      for (const text of input.items) yield { text, isUtf8: true };
      break;
    case 'journal':
      for (const line of journalLines(journalPath(input.id))) {
        if (line.type === 'result' && !line.cut) yield { text: line.input, isUtf8: true };
      }
  }
}

async function* readable(path: string, items: AsyncGenerator<MapItem, void>): AsyncGenerator<MapItem, void> {
  try {
    yield* items;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${failureOfSystemError(error, path, 'read').message}.`, { cause: error });
  }
}

/** The files of a folder, whatever they are, by their names; hidden ones are left out, and symlinks not followed. */
async function* filesOf(
  folder: string,
  recursive: boolean,
  signal: AbortSignal,
): AsyncGenerator<MapItem, void> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const seen = entries.filter(({ name }) => !name.startsWith('.'));
  for (const entry of seen.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (signal.aborted) return;
    const path = join(folder, entry.name);
    if (entry.isFile()) yield { text: path, isUtf8: !entry.name.includes('\uFFFD') };
    else if (entry.isDirectory() && recursive) yield* filesOf(path, recursive, signal);
  }
}
