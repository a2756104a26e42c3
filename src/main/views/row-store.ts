import { isAbsolute } from 'node:path';
import { colourOfCode } from '../../shared/colour-code.ts';
import { type ErrorCode, errorCodes } from '../../shared/error-codes/error-codes.ts';
import type { JobKind } from '../../shared/ipc/job.ts';
import { type Row, type RowState, rowStates } from '../../shared/ipc/run.ts';
import { type ItemResult, type SkipReason, type Status, skipReasons } from '../../shared/result.ts';
import { type ColumnValues, resultColumns } from '../../shared/result-columns.ts';
import { DigestColumn } from './digest-column.ts';
import { IndexList } from './index-list.ts';
import { NumberColumn } from './number-column.ts';
import { PathColumn } from './path-column.ts';
import { type RowList, RowLists } from './row-lists.ts';
import { StageShares } from './stage-shares.ts';
import { StringColumn } from './string-column.ts';

/** Everything known about one item, assembled on request. */
export interface StoredItem extends ColumnValues {
  readonly index: number;
  readonly input: string;
  readonly state: RowState;
  readonly output?: string;
  /** The thumbnail of a fetched file. */
  readonly thumbnail?: string;
  readonly reason?: SkipReason;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly tries?: number };
}

/** Further details that only reports contain: the page never shows them. */
export type StoredDetails = Pick<ItemResult, 'sha256' | 'listed' | 'columns'>;

/** A list of objects may add columns with every line; a table with all of them could not be opened. */
const mostListColumns = 100;

/**
 * The rows of a run, stored compactly so that a run of a million items needs little memory. An item takes 20 to 30 bytes of
 * numbers and one a stage, plus its names, its message if it failed, and its positions in the orders of ending. This class stores the values
 * that need special treatment; the others follow from the table of columns.
 */
export class RowStore {
  readonly #kind: JobKind | undefined;
  readonly #states = new NumberColumn();
  readonly #inputs = new PathColumn();
  readonly #outputs = new PathColumn();
  readonly #messages = new StringColumn();
  readonly #digests = new DigestColumn();
  readonly #details = new StringColumn();
  /** Where in those stores what belongs to an item is. */
  readonly #places = {
    input: new NumberColumn(),
    output: new NumberColumn(),
    thumbnail: new NumberColumn(),
    message: new NumberColumn(),
    details: new NumberColumn(),
  };
  readonly #reasons = new NumberColumn();
  readonly #codes = new NumberColumn();
  /** Numbers, or the places of texts. */
  readonly #columns = resultColumns.map((column) => ({
    ...column,
    numbers: new NumberColumn(column.kind === 'milliseconds' ? 'seven digits' : 'exact'),
  }));
  readonly #texts = new StringColumn();
  readonly #stages = new StageShares();
  /** As 0xRRGGBB. */
  readonly #colours = new NumberColumn();
  readonly #listColumns = new Set<string>();
  readonly #ended: Record<Status | 'all', IndexList> = {
    all: new IndexList(),
    done: new IndexList(),
    skipped: new IndexList(),
    failed: new IndexList(),
    cancelled: new IndexList(),
  };

  readonly #lists = new RowLists({
    count: (filter) => this.count(filter),
    ended: (filter) => this.#ended[filter].all(),
    name: (index) => this.shownName(index),
    inputName: (index) => this.name(index),
    place: (index) => this.place(index),
    state: (index) => this.#states.at(index) ?? 0,
    code: (index) => errorCodes[this.#codes.at(index) ?? -1],
    number: (index, key) => this.#columns.find((column) => column.key === key)?.numbers.at(index) ?? 0,
  });

  /** @param kind of the run: the items of a person's own function may be any text, and of all others are paths or URLs. */
  constructor(kind?: JobKind) {
    this.#kind = kind;
  }

  start(index: number, input: string): void {
    const { input: places } = this.#places;
    if (places.at(index) === undefined) {
      const isPath = this.#kind !== 'map' || isAbsolute(input) || /^https?:\/\//i.test(input);
      places.set(index, this.#inputs.add(input, isPath));
    }
    this.#states.set(index, rowStates.indexOf('working'));
  }

  settle(result: ItemResult): void {
    const { index, input, status, output, thumbnail, reason, error, stages } = result;
    const places = this.#places;
    this.start(index, input);
    this.#states.set(index, rowStates.indexOf(status));
    if (output !== undefined) places.output.set(index, this.#outputs.add(output));
    if (thumbnail?.output !== undefined) places.thumbnail.set(index, this.#outputs.add(thumbnail.output));
    if (stages !== undefined) this.#stages.set(index, stages);
    const colour = result.colour ?? thumbnail?.colour;
    if (colour !== undefined) this.#colours.set(index, colourOfCode(colour));
    if (reason !== undefined) this.#reasons.set(index, skipReasons.indexOf(reason));
    if (error !== undefined) {
      this.#codes.set(index, errorCodes.indexOf(error.code));
      places.message.set(index, this.#messages.add(error.message));
    }
    for (const { of, numbers } of this.#columns) {
      const value = of(result);
      if (value !== undefined) numbers.set(index, typeof value === 'string' ? this.#texts.add(value) : value);
    }
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

  /** The items of a list that is searched or sorted. */
  list(list: RowList): Uint32Array {
    return this.#lists.indexes(list);
  }

  item(index: number): StoredItem | undefined {
    const state = rowStates[this.#states.at(index) ?? -1];
    if (state === undefined) return undefined;
    const output = this.#places.output.at(index);
    const thumbnail = this.#places.thumbnail.at(index);
    const reason = skipReasons[this.#reasons.at(index) ?? -1];
    const code = errorCodes[this.#codes.at(index) ?? -1];
    const values = this.#valuesOf(index);
    const { tries } = values;
    return {
      index,
      input: this.#inputs.path(this.#places.input.at(index) ?? 0),
      state,
      ...values,
      ...(output !== undefined && { output: this.#outputs.path(output) }),
      ...(thumbnail !== undefined && { thumbnail: this.#outputs.path(thumbnail) }),
      ...(reason !== undefined && { reason }),
      ...(code !== undefined && {
        error: { code, message: this.#messageOf(index), ...(tries !== undefined && { tries }) },
      }),
    };
  }

  details(index: number): StoredDetails {
    const sha256 = this.#digests.at(index);
    const place = this.#places.details.at(index);
    const said = place === undefined ? {} : (JSON.parse(this.#details.at(place)) as StoredDetails);
    return { ...(sha256 !== undefined && { sha256 }), ...said };
  }

  /** The columns of the list, its own and the further ones, in order of first appearance. */
  get listColumns(): string[] {
    return [...this.#listColumns];
  }

  #settleDetails({ index, sha256, listed, columns }: ItemResult): void {
    if (sha256 !== undefined) this.#digests.set(index, sha256);
    if (listed === undefined && columns === undefined) return;
    this.#places.details.set(index, this.#details.add(JSON.stringify({ listed, columns })));
    for (const column of Object.keys({ ...listed, ...columns })) {
      if (this.#listColumns.size < mostListColumns) this.#listColumns.add(column);
    }
  }

  name(index: number): string {
    return this.#inputs.name(this.#places.input.at(index) ?? 0);
  }

  /** The name of the file that was made of an item, or else its own. */
  shownName(index: number): string {
    const output = this.#places.output.at(index) ?? this.#places.thumbnail.at(index);
    if (output === undefined) return this.name(index);
    const made = this.#outputs.name(output);
    // A tar of a data set has many items, which are told apart by their own names.
    return made.endsWith('.tar') ? this.name(index) : made;
  }

  /** The host of an item that is a URL, in lower case, or the last folders above a file; never a whole path. */
  place(index: number): string {
    const folder = this.#inputs.folder(this.#places.input.at(index) ?? 0);
    const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(folder)?.[1]?.toLowerCase();
    return host ?? folder.split(/[/\\]/).filter(Boolean).slice(-2).join('/');
  }

  stages(index: number): Row['stages'] {
    return this.#stages.at(index);
  }

  /** The mean colour of what was made, as 0xRRGGBB. */
  colour(index: number): number | undefined {
    return this.#colours.at(index);
  }

  #messageOf(index: number): string {
    const place = this.#places.message.at(index);
    return place === undefined ? '' : this.#messages.at(place);
  }

  #valuesOf(index: number): ColumnValues {
    const values: Record<string, string | number> = {};
    for (const { key, kind, numbers } of this.#columns) {
      const number = numbers.at(index);
      if (number !== undefined) values[key] = kind === 'text' ? this.#texts.at(number) : number;
    }
    return values;
  }
}
