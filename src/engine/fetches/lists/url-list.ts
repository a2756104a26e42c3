import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { UsageError } from '../../../shared/failure.ts';
import type { UrlInput } from '../../../shared/requests.ts';
import { SeenSet } from '../../files/seen-set.ts';
import { failureOfSystemError } from '../../files/system-error.ts';
import { isBinaryFile } from './list-bytes.ts';
import { inBatches, type ListEntry, type ListedUrl, looksLikeUrl } from './list-entry.ts';
import { ListError } from './list-error.ts';
import { entriesOf, readList } from './read-list.ts';
import { checkParquet, isParquetFile, readParquet } from './read-parquet.ts';
import { checkReport, readReport } from './read-report.ts';

export interface UrlListOptions {
  /** Called once at the end, if there were duplicates. Without it, they are not looked for, and come again. */
  readonly onDuplicates?: (count: number) => void;
  /** Which of them are counted. Default: all. */
  readonly isCounted?: (duplicate: ListedUrl) => boolean;
  /** Which entries are looked at for duplicates. Default: all. */
  readonly isRemembered?: (entry: ListedUrl) => boolean;
  /** Default: the process's own. */
  readonly stdin?: Readable;
  /** Whether brackets in URLs mean themselves. Default: they are ranges. */
  readonly literal?: boolean;
}

/**
 * The URLs that a person named: as arguments, in lists, pasted, from standard input or from a former report. Yields
 * small batches. A URL that occurs again is left out and counted, unless the list demands other digests of it.
 */
export async function* urlList(
  inputs: readonly UrlInput[],
  {
    onDuplicates,
    isCounted = () => true,
    isRemembered = () => true,
    stdin = process.stdin,
    literal = false,
  }: UrlListOptions,
): AsyncGenerator<readonly ListEntry[], void> {
  const seen = new SeenSet();
  let duplicates = 0;
  for (const input of inputs) {
    for await (const batch of batchesFrom(input, stdin, literal)) {
      yield batch.filter((entry) => {
        if (!onDuplicates || entry.kind === 'rejected' || !isRemembered(entry) || isNew(entry, seen))
          return true;
        if (isCounted(entry)) duplicates += 1;
        return false;
      });
    }
  }
  if (duplicates > 0) onDuplicates?.(duplicates);
}

/** A URL that occurs again with a digest that was not demanded of it before is compared with that one too. */
function isNew({ url, sha256, md5 }: ListedUrl, seen: SeenSet): boolean {
  const isNewUrl = seen.add(url);
  if (sha256 === undefined && md5 === undefined) return isNewUrl;
  return seen.add(`${url} ${sha256} ${md5}`) || isNewUrl;
}

/**
 * Checks the arguments before anything starts.
 * @throws UsageError for a list file that is missing, unreadable or not text, and for an invalid report.
 */
export async function checkInputs(inputs: readonly UrlInput[]): Promise<void> {
  for (const input of inputs) {
    const path = input.kind === 'report' ? input.path : input.kind === 'argument' ? input.value : undefined;
    if (path === undefined || path === '-' || (input.kind === 'argument' && looksLikeUrl(path))) continue;
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat)
      throw new UsageError(
        `Expected an http or https URL, a list file or "-", got ${JSON.stringify(path)}: there is no such file.`,
      );
    if (stat.isDirectory()) throw new UsageError(`Expected a list file, got the folder ${path}.`);
    try {
      accessSync(path, constants.R_OK);
    } catch (error) {
      throw new UsageError(`${failureOfSystemError(error, path, 'read').message}.`, { cause: error });
    }
    // A pipe can be read only once, so it is not checked.
    if (!stat.isFile()) continue;
    if (input.kind === 'argument' && isParquetFile(path)) {
      await checkTable(path);
      continue;
    }
    if (isBinaryFile(path)) throw new UsageError(`Expected a list of URLs, got ${path}, which is no text.`);
    if (input.kind === 'report') await checkReport(createReadStream(path), path);
  }
}

/** @throws UsageError for a Parquet file of which nothing can be read. */
async function checkTable(path: string): Promise<void> {
  try {
    await checkParquet(path);
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    throw new UsageError(`The list ${path} cannot be read: ${error.message}.`, { cause: error });
  }
}

/** A pipe can be read only once: it is not looked at first. */
function isRegularFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether everything can be read once more: no pipe can. */
export function canBeReadAgain(inputs: readonly UrlInput[]): boolean {
  return inputs.every(
    (input) =>
      input.kind === 'text' ||
      (input.kind === 'argument' && looksLikeUrl(input.value)) ||
      isRegularFile(input.kind === 'report' ? input.path : input.value),
  );
}

function batchesFrom(
  input: UrlInput,
  stdin: Readable,
  literal: boolean,
): AsyncIterable<ListEntry[]> | Iterable<ListEntry[]> {
  switch (input.kind) {
    case 'text':
      return readList(Readable.from([Buffer.from(input.text)], { objectMode: false }), 'The text', {
        literal,
      });
    case 'report':
      return input.path === '-'
        ? readReport(stdin, 'Standard input')
        : readReport(createReadStream(input.path), basename(input.path));
    case 'argument': {
      const { value } = input;
      if (value === '-') return readList(stdin, 'Standard input', { literal });
      if (looksLikeUrl(value))
        return inBatches(entriesOf({ text: value, fields: {}, where: 'The arguments' }, literal));
      if (isRegularFile(value) && isParquetFile(value))
        return readParquet(value, basename(value), { literal });
      return readList(createReadStream(value, { highWaterMark: 256 * 1024 }), basename(value), { literal });
    }
  }
}
