import type { ItemResult } from './result.ts';

/** `of` finds the value in a result: `undefined` where it is not known. */
type Value =
  | {
      readonly kind: 'number' | 'bytes' | 'milliseconds';
      readonly of: (result: ItemResult) => number | undefined;
    }
  | { readonly kind: 'text'; readonly of: (result: ItemResult) => string | undefined };

type Column<Key extends string> = Value & {
  /** Its name in reports, rows, and what main keeps of an item. */
  readonly key: Key;
  /** Reports tell it of all items, or only of those that are done. */
  readonly report: 'all' | 'done';
};

/**
 * What there is to tell of an item beside its input, how it ended and its files. An entry is a column; from the table
 * follow what main keeps, the rows that it sends, and the columns of reports, in this order.
 * The page gets every value, so none may be a path or a secret; what the person's own function returned is the person's.
 */
const table = [
  { key: 'bytesIn', kind: 'bytes', of: ({ bytesIn = 0 }) => bytesIn, report: 'done' },
  {
    key: 'bytesOut',
    kind: 'bytes',
    of: ({ bytesOut = 0 }) => bytesOut,
    report: 'done',
  },
  { key: 'width', kind: 'number', of: ({ width }) => width, report: 'all' },
  { key: 'height', kind: 'number', of: ({ height }) => height, report: 'all' },
  {
    key: 'ms',
    kind: 'milliseconds',
    of: ({ ms }) => ms,
    report: 'all',
  },
  { key: 'value', kind: 'text', of: ({ value }) => value, report: 'done' },
  { key: 'tries', kind: 'number', of: ({ tries, error }) => tries ?? error?.tries, report: 'all' },
] as const satisfies readonly Column<string>[];

type Entry = (typeof table)[number];
export type ResultColumn = Column<Entry['key']>;
export const resultColumns: readonly ResultColumn[] = table;

/** Something for each column: one type for those of text, one for those of numbers. */
export type ByColumn<OfText, OfNumber> = {
  readonly [Each in Entry as Each['key']]: Each extends { readonly kind: 'text' } ? OfText : OfNumber;
};

/** What is known of an item. */
export type ColumnValues = Partial<ByColumn<string, number>>;
