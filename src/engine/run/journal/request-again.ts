import { UsageError } from '../../../shared/failure.ts';
import type { ThumbnailRequest, UrlInput } from '../../../shared/requests.ts';
import { journalFolder, journalPath } from './journal-folder.ts';
import type { JournalHead } from './journal-line.ts';

/** The request that a run had, ready to be checked and run once more. */
export interface RequestAgain {
  readonly request: Readonly<Record<string, unknown>>;
  /** Whether items came by standard input: those are taken from the journal, which has the ones with a result. */
  readonly fromJournal: boolean;
  /** What the request needs beside it: settings that a journal does not keep. */
  readonly withheld: readonly string[];
}

/**
 * The request of a former run. Its relative paths start from the run's folder.
 * @throws UsageError when the journal does not have what is needed.
 */
export function requestAgain(head: JournalHead, folder = journalFolder()): RequestAgain {
  const { id, request, withheld = [] } = head;
  if (request === null || typeof request !== 'object') {
    throw new UsageError(`The journal of ${id} has no request: it was too large to keep.`);
  }
  if (withheld.includes('inputs')) {
    const what = 'passwords or hidden queries, which journals do not keep';
    throw new UsageError(`The URLs of ${id} had ${what}: run its own command again.`);
  }
  const { inputs, list, ...further } = request as {
    readonly inputs?: readonly UrlInput[];
    readonly list?: ThumbnailRequest['list'];
  };
  const ofJournal = { kind: 'journal', path: journalPath(id, folder) } as const;
  const again = inputs?.map((input): UrlInput => {
    const isRead = input.kind === 'argument' ? input.value === '-' : 'path' in input && input.path === '-';
    return isRead ? { kind: 'report', path: journalPath(id, folder) } : input;
  });
  return {
    request: { ...further, ...(again && { inputs: again }), ...(list && { list: ofJournal }) },
    fromJournal: list !== undefined || (again?.some((input, at) => input !== inputs?.[at]) ?? false),
    withheld,
  };
}
