import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import { identityOf, statAt } from '../../files/file-identity.ts';
import { isWithin } from '../../files/real-path.ts';
import { inputItems } from '../../run/input-items.ts';
import { journalLines } from '../../run/journal/read-journal.ts';
import type { RunContext } from '../../run/run-options.ts';
import { ListedPaths } from './listed-paths.ts';

/** After so many lines others get their turn. */
const mostInARow = 256;
/** In bytes: several times what any system takes for a path. A line without an end would fill the memory. */
const longestPath = 1024 * 1024;
const lineFeed = 0x0a;

/**
 * Reads the list of a request to its end: only then it is known which outputs would get the same name. The files among the
 * paths of the request are taken into it.
 * @returns the list, and the request with the folders that are to be walked. The caller disposes of the list.
 * @throws UsageError if it is no list of paths.
 */
export async function readListed(
  request: ThumbnailRequest & { readonly list: NonNullable<ThumbnailRequest['list']> },
  options: RunContext,
): Promise<{ readonly listed: ListedPaths; readonly request: ThumbnailRequest }> {
  const { signal, onTotal, onListed, onWarning } = options;
  const listed = new ListedPaths(request.outputFolder === undefined);
  const isMadeBefore = madeBefore(request, options);
  try {
    const given = request.paths.filter((path) => !takeFile(listed, resolve(path)));
    const folders = given.map((path) => resolve(path));
    let read = 0;
    let passedOver = 0;
    for await (const { text, isUtf8 } of linesOf(request, folders, signal)) {
      const path = resolve(text);
      if (!isUtf8) listed.add({ path, kind: 'not-utf8' }, null);
      else if (isMadeBefore(path)) passedOver += 1;
      else take(listed, path);
      read += 1;
      if (read % mostInARow !== 0) continue;
      onTotal?.(listed.count, false);
      await new Promise((turn) => setImmediate(turn));
      if (signal?.aborted) break;
    }
    if (read === 0 && !signal?.aborted) onWarning?.('The list of paths is empty.');
    if (passedOver > 0) onWarning?.(passedOverWarning(passedOver));
    const walked = [...listed.folders].filter((folder) => !folders.includes(folder)).sort();
    if (walked.length > 0) onListed?.(walked);
    return { listed, request: { ...request, paths: [...given, ...walked] } };
  } catch (error) {
    listed[Symbol.dispose]();
    throw error;
  }
}

/**
 * Tells what former runs made where this one writes: whatever chooses the paths finds thumbnails beside the originals, and
 * would have thumbnails made of those.
 */
function madeBefore({ outputFolder }: ThumbnailRequest, { ledger }: RunContext): (path: string) => boolean {
  const place = outputFolder === undefined ? undefined : resolve(outputFolder);
  return (path) => {
    const folder = dirname(path);
    const isThere = place === undefined ? basename(folder) === thumbnailFolder : isWithin(folder, place);
    // What was fetched comes from a URL, and is no thumbnail.
    return isThere && isAbsolute(ledger?.byOutput(path)?.input ?? '');
  };
}

function passedOverWarning(count: number): string {
  return count === 1
    ? 'A path of the list is a thumbnail that was made before, and was passed over.'
    : `${count} paths of the list are thumbnails that were made before, and were passed over.`;
}

interface Line {
  readonly text: string;
  readonly isUtf8: boolean;
}

async function* linesOf(
  { list }: Pick<Required<ThumbnailRequest>, 'list'>,
  folders: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<Line, void> {
  if (list?.kind === 'journal') {
    yield* linesOfJournal(list.path, folders);
    return;
  }
  const byNull = list?.null ?? false;
  yield* inputItems(process.stdin, { signal, null: byNull, onChunk: checkChunks(byNull) });
}

/** What a former run's list had, as far as the run came: the images of its folders are found by a walk, as they were then. */
function* linesOfJournal(path: string, given: readonly string[]): Generator<Line, void> {
  const walked = [...given];
  for (const line of journalLines(path)) {
    if (line.type === 'listed') {
      walked.push(...line.folders);
      for (const text of line.folders) yield { text, isUtf8: true };
    }
    if (line.type !== 'result' || walked.some((folder) => isWithin(line.input, folder))) continue;
    yield { text: line.input, isUtf8: line.error?.code !== 'NAME_NOT_UTF8' };
  }
}

/** @returns what looks at each piece of the list before it is kept. */
function checkChunks(byNull: boolean): (chunk: Buffer) => void {
  let open = 0;
  return (chunk) => {
    if (!byNull) noNul(chunk);
    const end = chunk.lastIndexOf(byNull ? 0 : lineFeed);
    open = end === -1 ? open + chunk.length : chunk.length - 1 - end;
    if (open <= longestPath) return;
    throw new UsageError(
      'What comes by standard input is no list of paths: more than 1 MiB of it has no end of a line.',
      { setting: 'nullItems' },
    );
  };
}

/** No name has one: all of the list would be one line. */
function noNul(chunk: Buffer): void {
  if (!chunk.includes(0)) return;
  throw new UsageError('The paths on standard input end with a NUL, and not with their lines.', {
    setting: 'nullItems',
  });
}

function take(listed: ListedPaths, path: string): void {
  if (takeFile(listed, path)) return;
  if (statAt(path)?.isDirectory()) listed.folders.add(path);
  else listed.add({ path, kind: 'problem' }, null);
}

function takeFile(listed: ListedPaths, path: string): boolean {
  const stat = statAt(path);
  if (!stat?.isFile()) return false;
  listed.add({ path, kind: 'file' }, identityOf(stat, path));
  return true;
}
