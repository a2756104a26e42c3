import { type ErrorCode, errorCodes } from '../../shared/error-codes/error-codes.ts';
import { type Row, type RowState, rowStates } from '../../shared/ipc/run.ts';
import type { ItemResult, Status } from '../../shared/result.ts';
import { DigestColumn } from './digest-column.ts';
import { IndexList } from './index-list.ts';
import { PathColumn } from './path-column.ts';
import { StringColumn } from './string-column.ts';

/** Everything known about one item, assembled on request. */
export interface StoredItem {
  readonly index: number;
  readonly input: string;
  readonly state: RowState;
  readonly output?: string;
  /** The thumbnail of a fetched file. */
  readonly thumbnail?: string;
  readonly ms: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly width: number;
  readonly height: number;
  readonly reason?: string;
  readonly tries?: number;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly tries?: number };
}

/** Further details that only reports contain: the page never shows them. */
export type StoredDetails = Pick<ItemResult, 'sha256' | 'listed' | 'columns'>;

/** The numbers stored for an item, one column each. `input` and the texts are positions in their stores, plus one. */
const columns = [
  'state',
  'input',
  'output',
  'thumbnail',
  'ms',
  'bytesIn',
  'bytesOut',
  'width',
  'height',
  'reason',
  'code',
  'message',
  'tries',
  'details',
] as const;
type Column = (typeof columns)[number];

/** A list of objects may add columns with every line; a table with all of them could not be opened. */
const mostListColumns = 100;

const reasons = ['unchanged', 'dry-run', 'robots', 'noai'] as const;

/**
 * The rows of a run, stored compactly so that a run of a million items needs little memory. An item takes about 64
 * bytes in columns, plus its name, its message if it failed, and its positions in the orders of ending.
 */
export class RowStore {
  readonly #inputs = new PathColumn();
  readonly #outputs = new PathColumn();
  readonly #messages = new StringColumn();
  readonly #digests = new DigestColumn();
  readonly #details = new StringColumn();
  readonly #listColumns = new Set<string>();
  #size = 1024;
  #columns = makeColumns(this.#size);
  readonly #ended: Record<Status | 'all', IndexList> = {
    all: new IndexList(),
    done: new IndexList(),
    skipped: new IndexList(),
    failed: new IndexList(),
    cancelled: new IndexList(),
  };

  start(index: number, input: string): void {
    this.#reserve(index);
    if (this.#columns.input[index] === 0) this.#columns.input[index] = this.#inputs.add(input) + 1;
    this.#columns.state[index] = rowStates.indexOf('working') + 1;
  }

  settle(result: ItemResult): void {
    const { index, input, status, error, reason } = result;
    this.start(index, input);
    const set = this.#columns;
    const { output } = result;
    const thumbnail = result.thumbnail?.output;
    set.state[index] = rowStates.indexOf(status) + 1;
    set.ms[index] = result.ms;
    set.bytesIn[index] = result.bytesIn ?? 0;
    set.bytesOut[index] = result.bytesOut ?? 0;
    set.width[index] = result.width ?? 0;
    set.height[index] = result.height ?? 0;
    if (output !== undefined) set.output[index] = this.#outputs.add(output) + 1;
    if (thumbnail !== undefined) set.thumbnail[index] = this.#outputs.add(thumbnail) + 1;
    if (reason !== undefined) set.reason[index] = reasons.indexOf(reason as (typeof reasons)[number]) + 1;
    if (error !== undefined) {
      set.code[index] = errorCodes.indexOf(error.code) + 1;
      set.message[index] = this.#messages.add(error.message) + 1;
    }
    set.tries[index] = result.tries ?? error?.tries ?? 0;
    this.#settleDetails(result);
    this.#ended.all.push(index);
    this.#ended[status].push(index);
  }

  /** How many have ended with this status. */
  count(filter: Status | 'all'): number {
    return this.#ended[filter].length;
  }

  /** Items of this status in the order in which they ended. */
  indexes(filter: Status | 'all', offset: number, limit: number): number[] {
    return this.#ended[filter].slice(offset, limit);
  }

  item(index: number): StoredItem | undefined {
    const get = (column: Column): number => this.#columns[column][index] ?? 0;
    const state = rowStates[get('state') - 1];
    if (state === undefined) return undefined;
    const code = errorCodes[get('code') - 1];
    const reason = reasons[get('reason') - 1];
    const tries = get('tries');
    return {
      index,
      input: this.#inputs.path(get('input') - 1),
      state,
      ms: get('ms'),
      bytesIn: get('bytesIn'),
      bytesOut: get('bytesOut'),
      width: get('width'),
      height: get('height'),
      ...(get('output') > 0 && { output: this.#outputs.path(get('output') - 1) }),
      ...(get('thumbnail') > 0 && { thumbnail: this.#outputs.path(get('thumbnail') - 1) }),
      ...(reason !== undefined && { reason }),
      ...(tries > 0 && { tries }),
      ...(code !== undefined && {
        error: { code, message: this.#messages.at(get('message') - 1), ...(tries > 0 && { tries }) },
      }),
    };
  }

  details(index: number): StoredDetails {
    const sha256 = this.#digests.at(index);
    const place = this.#columns.details[index] ?? 0;
    const said = place === 0 ? {} : (JSON.parse(this.#details.at(place - 1)) as StoredDetails);
    return { ...(sha256 !== undefined && { sha256 }), ...said };
  }

  /** The columns of the list, its own and the further ones, in order of first appearance. */
  get listColumns(): string[] {
    return [...this.#listColumns];
  }

  #settleDetails({ index, sha256, listed, columns }: ItemResult): void {
    if (sha256 !== undefined) this.#digests.set(index, sha256);
    if (listed === undefined && columns === undefined) return;
    this.#columns.details[index] = this.#details.add(JSON.stringify({ listed, columns })) + 1;
    for (const column of Object.keys({ ...listed, ...columns })) {
      if (this.#listColumns.size < mostListColumns) this.#listColumns.add(column);
    }
  }

  name(index: number): string {
    return this.#inputs.name((this.#columns.input[index] ?? 1) - 1);
  }

  #reserve(index: number): void {
    if (index < this.#size) return;
    while (index >= this.#size) this.#size *= 2;
    const grown = makeColumns(this.#size);
    for (const column of columns) grown[column].set(this.#columns[column]);
    this.#columns = grown;
  }
}

function makeColumns(size: number) {
  return {
    state: new Uint8Array(size),
    input: new Uint32Array(size),
    output: new Uint32Array(size),
    thumbnail: new Uint32Array(size),
    ms: new Float32Array(size),
    // Files may be larger than 4 GiB.
    bytesIn: new Float64Array(size),
    bytesOut: new Float64Array(size),
    width: new Uint32Array(size),
    height: new Uint32Array(size),
    reason: new Uint8Array(size),
    code: new Uint8Array(size),
    message: new Uint32Array(size),
    tries: new Uint8Array(size),
    details: new Uint32Array(size),
  } satisfies Record<Column, Uint8Array | Uint32Array | Float32Array | Float64Array>;
}

/** A row as the page shows it: values that are zero or unknown are left out of the message. */
export function rowOf(item: StoredItem, name: string): Row {
  const { index, state, ms, bytesIn, bytesOut, width, height, reason, error } = item;
  return {
    index,
    name,
    state,
    ...(ms > 0 && { ms: Math.round(ms * 10) / 10 }),
    ...(bytesIn > 0 && { bytesIn }),
    ...(bytesOut > 0 && { bytesOut }),
    ...(width > 0 && { width }),
    ...(height > 0 && { height }),
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error }),
  };
}
