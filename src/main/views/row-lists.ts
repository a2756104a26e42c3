import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { RowOrder } from '../../shared/ipc/run.ts';
import type { Status } from '../../shared/result.ts';

/** What a person has narrowed the list to, and its order. */
export interface RowList {
  readonly filter: Status | 'all';
  /** Part of a name, of a host or of a folder; upper and lower case are the same. */
  readonly search?: string;
  readonly order?: RowOrder;
  readonly cause?: ErrorCode | undefined;
}

/** What the lists ask of the rows. */
export interface ListedRows {
  count(filter: Status | 'all'): number;
  ended(filter: Status | 'all'): Uint32Array;
  /** As the page shows it. */
  name(index: number): string;
  inputName(index: number): string;
  /** The host, or the last folders. */
  place(index: number): string;
  state(index: number): number;
  code(index: number): ErrorCode | undefined;
  number(index: number, key: 'bytesOut' | 'width' | 'height' | 'ms' | 'tries'): number;
}

/**
 * The searched and sorted lists of a run. Only the last one is kept, as numbers of items at four bytes each: a page asks
 * for parts of the same list one after the other. Names are read for the work alone.
 */
export class RowLists {
  readonly #rows: ListedRows;
  #last: { readonly key: string; readonly indexes: Uint32Array } | undefined;

  constructor(rows: ListedRows) {
    this.#rows = rows;
  }

  indexes(list: RowList): Uint32Array {
    const { filter, search, order = 'ended', cause } = list;
    const key = JSON.stringify([filter, search, order, cause, this.#rows.count(filter)]);
    if (this.#last?.key !== key) this.#last = { key, indexes: this.#sorted(this.#found(list), order) };
    return this.#last.indexes;
  }

  #found({ filter, search = '', cause }: RowList): Uint32Array {
    const wanted = search.trim().toLowerCase();
    let indexes = this.#rows.ended(filter);
    if (cause !== undefined) indexes = indexes.filter((index) => this.#rows.code(index) === cause);
    if (wanted === '') return indexes;
    const rows = this.#rows;
    return indexes.filter(
      (index) =>
        rows.name(index).toLowerCase().includes(wanted) ||
        rows.inputName(index).toLowerCase().includes(wanted) ||
        rows.place(index).toLowerCase().includes(wanted),
    );
  }

  #sorted(indexes: Uint32Array, order: RowOrder): Uint32Array {
    if (order === 'ended') return indexes;
    const places = Uint32Array.from(indexes, (_, place) => place);
    if (order === 'name' || order === 'place') {
      const names = Array.from(indexes, (index) => sortable(this.#rows[order](index)));
      places.sort((one, other) => compared(names[one] ?? '', names[other] ?? ''));
    } else {
      const value = valueFor[order];
      const numbers = Float64Array.from(indexes, (index) => value(this.#rows, index));
      // The largest, the slowest and what failed are what a person looks for.
      places.sort((one, other) => (numbers[other] ?? 0) - (numbers[one] ?? 0));
    }
    return places.map((place) => indexes[place] ?? 0);
  }
}

const valueFor = {
  state: (rows: ListedRows, index: number) => rows.state(index),
  size: (rows: ListedRows, index: number) => rows.number(index, 'bytesOut'),
  pixels: (rows: ListedRows, index: number) => rows.number(index, 'width') * rows.number(index, 'height'),
  time: (rows: ListedRows, index: number) => rows.number(index, 'ms'),
  tries: (rows: ListedRows, index: number) => rows.number(index, 'tries'),
} as const;

/** "2.jpg" comes before "10.jpg". A collator would say so too, but takes a second for 100,000 names. */
function sortable(name: string): string {
  return name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
}

function compared(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
