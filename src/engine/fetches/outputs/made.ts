import type { LedgerEntry } from '../../ledger/ledger.ts';

/** What an earlier run made from a URL, as far as a later run needs to know. */
export type Made = Pick<
  LedgerEntry,
  'output' | 'inputStamp' | 'bytes' | 'sha256' | 'etag' | 'lastModified' | 'madeAt'
>;
