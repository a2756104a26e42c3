import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Failure, UsageError } from '../../shared/failure.ts';
import type { ItemInput, MapRequest } from '../../shared/requests.ts';
import type { TextOfBytes } from '../../shared/text-of-bytes.ts';
import { failureOfSystemError, isSystemError, notUtf8 } from '../files/system-error.ts';
import { type Entry, entriesOf } from '../names/folder-entries.ts';
import { inputItems, notText } from '../run/input-items.ts';
import { journalPath } from '../run/journal/journal-folder.ts';
import { notKeptWhole } from '../run/journal/map-again.ts';
import { journalLines } from '../run/journal/read-journal.ts';

export interface MapItem {
  readonly text: string;
  /** Why it cannot be given to a function: its bytes are no text, or it stands for a folder that cannot be read. */
  readonly failure?: Failure;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** Told what is left out. */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/**
 * The items of a request, in the order of its inputs.
 * @throws UsageError when a list or folder cannot be read.
 */
export async function* itemsOfInputs(
  { inputs, recursive }: Pick<MapRequest, 'inputs' | 'recursive'>,
  reading: Reading,
): AsyncGenerator<MapItem, void> {
  for (const input of inputs) {
    if (reading.signal.aborted) return;
    yield* itemsOf(input, recursive, reading);
  }
}

async function* itemsOf(
  input: ItemInput,
  recursive: boolean,
  { signal, onWarning }: Reading,
): AsyncGenerator<MapItem, void> {
  switch (input.kind) {
    case 'text':
      yield* linesOf(Readable.from([Buffer.from(input.text)]), signal);
      break;
    case 'list':
      yield* readable(input.path, linesOf(createReadStream(input.path), signal));
      break;
    case 'folder':
      yield* readable(input.path, filesOf(input.path, recursive, signal));
      break;
    case 'items':
      for (const text of input.items) yield { text };
      break;
    case 'journal':
      yield* itemsOfJournal(input.id, onWarning);
  }
}

async function* linesOf(input: Readable, signal: AbortSignal): AsyncGenerator<MapItem, void> {
  for await (const item of inputItems(input, { signal, null: false })) yield itemOfText(item);
}

function itemOfText({ text, isUtf8 }: TextOfBytes): MapItem {
  return isUtf8 ? { text } : { text, failure: notText(text) };
}

function* itemsOfJournal(id: string, onWarning: Reading['onWarning']): Generator<MapItem, void> {
  let cut = 0;
  for (const line of journalLines(journalPath(id))) {
    if (line.type !== 'result') continue;
    if (line.cut) cut += 1;
    else yield { text: line.input };
  }
  if (cut > 0) onWarning?.(notKeptWhole(cut));
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
  entries?: readonly Entry[],
): AsyncGenerator<MapItem, void> {
  const seen = (entries ?? (await entriesOf(folder))).filter(({ name }) => !name.startsWith('.'));
  for (const { name, kind, isReachable } of seen.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (signal.aborted) return;
    const path = join(folder, name);
    const isWanted = kind === 'file' || (kind === 'folder' && recursive);
    if (!isWanted) continue;
    if (!isReachable) yield { text: path, failure: notUtf8(path) };
    else if (kind === 'file') yield { text: path };
    else yield* filesOfSubfolder(path, signal);
  }
}

/** One that cannot be read is a failed item: the others are done. */
async function* filesOfSubfolder(folder: string, signal: AbortSignal): AsyncGenerator<MapItem, void> {
  let entries: readonly Entry[];
  try {
    entries = await entriesOf(folder);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    yield { text: folder, failure: failureOfSystemError(error, folder, 'read') };
    return;
  }
  yield* filesOf(folder, true, signal, entries);
}
