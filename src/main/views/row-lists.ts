import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { RowOrder } from '../../shared/ipc/run.ts';
import type { Status } from '../../shared/result.ts';

/** What a person has narrowed the list to, and its order. */
export interface RowList {
  readonly filter: Status | 'all';
  /** Part of a name or of a host; upper and lower case are the same. */
  readonly search?: string;
  readonly order?: RowOrder;
  readonly cause?: ErrorCode | undefined;
}

/** What the lists ask of the rows. */
export interface ListedRows {
  count(filter: Status | 'all'): number;
  ended(filter: Status | 'all'): Uint32Array;
  name(index: number): string;
  host(index: number): string;
  code(index: number): ErrorCode | undefined;
  number(index: number, key: 'bytesOut' | 'ms'): number;
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
    return indexes.filter(
      (index) =>
        this.#rows.name(index).toLowerCase().includes(wanted) || this.#rows.host(index).includes(wanted),
    );
  }

  #sorted(indexes: Uint32Array, order: RowOrder): Uint32Array {
    if (order === 'ended') return indexes;
    const places = Uint32Array.from(indexes, (_, place) => place);
    if (order === 'name') {
      const names = Array.from(indexes, (index) => sortable(this.#rows.name(index)));
      places.sort((one, other) => compared(names[one] ?? '', names[other] ?? ''));
    } else {
      const key = order === 'size' ? 'bytesOut' : 'ms';
      const values = Float64Array.from(indexes, (index) => this.#rows.number(index, key));
      // The largest and the slowest are what a person looks for.
      places.sort((one, other) => (values[other] ?? 0) - (values[one] ?? 0));
    }
    return places.map((place) => indexes[place] ?? 0);
  }
}

/** "2.jpg" comes before "10.jpg". A collator would say so too, but takes a second for 100,000 names. */
function sortable(name: string): string {
  return name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
}

function compared(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
