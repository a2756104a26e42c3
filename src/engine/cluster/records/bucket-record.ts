import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { FolderPlace } from '../places/folder-place.ts';
import type { Place } from '../places/place.ts';
import { type Begun, BucketGivenUp, deathsAfter, isWithCare, mostDeaths, suspectsOf } from './deaths.ts';
import { DamagedState, keptJson } from './kept-json.ts';
import { bucketName, keyOfRun } from './run-record.ts';

const listAgainMs = 100;

/** A result as it is kept: its place among the others is nobody's. */
export type KeptResult = Omit<ItemResult, 'index'>;

/** Whoever works on a bucket. The newest owner counts: what earlier ones still write is not in its `adopts`. */
export interface Owner {
  readonly number: number;
  readonly worker: string;
  readonly since: string;
  /** The parts of earlier owners that are kept. */
  readonly adopts: readonly string[];
  /** How many before it died in a row without a result. */
  readonly deaths?: number;
  /** What the last of them died of: it begins with their failures, as its part 0. */
  readonly suspects?: readonly string[];
}

/** The end of a bucket. */
export interface BucketEnd {
  readonly worker: string;
  readonly at: string;
  /** How many parts the owner itself wrote. */
  readonly parts: number;
  /** Of what this owner did, without what it adopted. */
  readonly summary: Summary;
  /** How many URLs of the bucket were listed before. */
  readonly twice?: number;
  readonly warnings?: readonly string[];
}

const number = z.int().check(z.nonnegative());
const inputSchema = z.string();
const ownerSchema = z.looseObject({
  adopts: z.array(z.string().check(z.regex(/^part-\d+-\d+\.ndjson$/))),
  deaths: z.optional(number),
  suspects: z.optional(z.array(inputSchema)),
});
const begunSchema = z.looseObject({ inputs: z.array(inputSchema), since: number });
const endSchema = z.looseObject({
  parts: number,
  summary: z.looseObject({ total: number }),
  twice: z.optional(number),
  warnings: z.optional(z.array(z.string())),
});
/** Of a result only what all who read it rely on: there are millions. */
const resultSchema = z.looseObject({ input: inputSchema, status: z.string() });

interface State {
  readonly owners: readonly number[];
  readonly ends: readonly number[];
  readonly parts: readonly { readonly name: string; readonly owner: number; readonly sequence: number }[];
  /** The owners who said that they go on living, and those whose deaths a person has forgiven. */
  readonly left: ReadonlySet<number>;
  readonly forgiven: ReadonlySet<number>;
}

/** What a place keeps of one bucket: its items, who works on it, and the results that were committed. */
export class BucketRecord {
  readonly #place: Place;
  readonly #prefix: string;

  constructor(place: Place, run: string, bucket: number) {
    this.#place = place;
    this.#prefix = keyOfRun(run, `buckets/${bucketName(bucket)}/`);
  }

  /** The items as a file, where the place is a folder: those of a large host need not fit into memory. */
  itemsFile(): string | undefined {
    const place = this.#place;
    return place instanceof FolderPlace ? place.pathOf(`${this.#prefix}items.ndjson`) : undefined;
  }

  readItems(): Promise<Buffer | undefined> {
    return this.#place.read(`${this.#prefix}items.ndjson`);
  }

  async writeItems(lines: Buffer | { readonly file: string }): Promise<void> {
    const key = `${this.#prefix}items.ndjson`;
    if ('file' in lines) await this.#place.take(key, lines.file);
    else await this.#place.write(key, lines);
  }

  /** The items that a retry is limited to, by their keys. */
  async readOnly(): Promise<readonly string[] | undefined> {
    const content = await this.#place.read(`${this.#prefix}only.ndjson`);
    return content && linesOf(inputSchema, content, this.#told('only.ndjson'));
  }

  writeOnly(inputs: readonly string[]): Promise<void> {
    return this.#place.write(
      `${this.#prefix}only.ndjson`,
      inputs.map((input) => `${JSON.stringify(input)}\n`).join(''),
    );
  }

  /**
   * Makes the worker the newest owner. What was committed by now is adopted, unless it is to be begun anew.
   * @returns undefined if the bucket is at its end.
   * @throws BucketGivenUp if too many died of it.
   */
  async takeOver(worker: string, { anew = false } = {}): Promise<Owner | undefined> {
    for (;;) {
      const state = await this.#state();
      if (state.ends.length > 0) return undefined;
      const number = (state.owners.at(-1) ?? 0) + 1;
      const since = new Date().toISOString();
      const owner: Owner = { number, worker, since, ...(await this.#inheritance(state, anew)) };
      if (await this.#place.create(`${this.#prefix}owner-${number}.json`, JSON.stringify(owner)))
        return owner;
      // A share may show this machine the newest owner a little later.
      await sleep(listAgainMs);
    }
  }

  /** What the last owner leaves to the next. */
  async #inheritance(state: State, anew: boolean): Promise<Pick<Owner, 'adopts' | 'deaths' | 'suspects'>> {
    const number = state.owners.at(-1);
    if (number === undefined) return { adopts: [] };
    const last = await this.#json(ownerSchema, `owner-${number}.json`);
    const own = state.parts.filter(({ owner }) => owner === number);
    const hasLeft = state.left.has(number);
    const deaths = deathsAfter({
      deaths: last.deaths ?? 0,
      hasProgressed: !anew && own.length > (last.suspects ? 1 : 0),
      hasLeft,
      isForgiven: state.forgiven.has(number),
    });
    if (deaths >= mostDeaths) {
      throw new BucketGivenUp(`Its workers died ${deaths} times in a row without a result.`);
    }
    const suspects = anew || hasLeft || !isWithCare(last) ? [] : await this.#suspects(number, own);
    return {
      adopts: anew ? [] : [...last.adopts, ...own.map(({ name }) => name)],
      ...(deaths > 0 && { deaths }),
      ...(suspects.length > 0 && { suspects }),
    };
  }

  async #suspects(owner: number, own: State['parts']): Promise<string[]> {
    const name = `begun-${owner}.json`;
    const content = await this.#place.read(`${this.#prefix}${name}`);
    if (!content) return [];
    const begun = keptJson(begunSchema, content, this.#told(name));
    const since = own.filter(({ sequence }) => sequence >= begun.since).map(({ name }) => name);
    return suspectsOf(begun, await Array.fromAsync(this.#results(since)));
  }

  /** Tells what begins, before it does. Only a folder can: what is sent elsewhere comes later than a death. */
  noteBegun({ number }: Owner, begun: Begun): void {
    if (!(this.#place instanceof FolderPlace)) return;
    // It is written when the call returns. Where it cannot be, the bucket's deaths are still counted.
    this.#place.write(`${this.#prefix}begun-${number}.json`, JSON.stringify(begun)).catch(() => {});
  }

  /** Tells that the owner ends its work on the bucket and lives: it did not die of it. */
  async leave({ number }: Owner): Promise<void> {
    await this.#place.write(`${this.#prefix}left-${number}.json`, '{}');
  }

  /** Lets a bucket be tried again that nobody takes any more. */
  async forgiveDeaths(): Promise<void> {
    const last = (await this.#state()).owners.at(-1);
    if (last !== undefined) await this.#place.write(`${this.#prefix}forgiven-${last}.json`, '{}');
  }

  /** The results by now of a bucket that is not at its end. */
  async *resultsSoFar(): AsyncGenerator<KeptResult, void> {
    const { owners, parts } = await this.#state();
    const last = owners.at(-1);
    if (last === undefined) return;
    const own = parts.filter(({ owner }) => owner === last).map(({ name }) => name);
    yield* this.#results([...(await this.#adoptedBy(last)), ...own]);
  }

  /** Whether somebody has taken the bucket over since. */
  async isNewest({ number }: Owner): Promise<boolean> {
    return (await this.#state()).owners.at(-1) === number;
  }

  commit(owner: Owner, sequence: number, lines: string): Promise<void> {
    return this.#place.write(`${this.#prefix}${partName(owner.number, sequence)}`, lines);
  }

  async end(owner: Owner, end: BucketEnd): Promise<void> {
    await this.#place.write(`${this.#prefix}done-${owner.number}.json`, JSON.stringify(end));
  }

  resultsOf(parts: readonly string[]): AsyncGenerator<KeptResult, void> {
    return this.#results(parts);
  }

  /** The results of the newest owner that came to the end. @returns undefined if none has. */
  async report(): Promise<
    { readonly end: BucketEnd; readonly results: AsyncGenerator<KeptResult, void> } | undefined
  > {
    const newest = (await this.#state()).ends.at(-1);
    if (newest === undefined) return undefined;
    const end = (await this.#json(endSchema, `done-${newest}.json`)) as unknown as BucketEnd;
    const adopted = await this.#adoptedBy(newest);
    function* parts(): Generator<string, void> {
      yield* adopted;
      for (let sequence = 0; sequence < end.parts; sequence += 1) yield partName(newest ?? 0, sequence);
    }
    return { end, results: this.#results(parts()) };
  }

  /** How many items of the bucket are done or skipped, and how many failed. @returns undefined before its end. */
  async totals(): Promise<{ readonly done: number; readonly failed: number } | undefined> {
    const report = await this.report();
    if (!report) return undefined;
    const counts = { done: 0, failed: 0 };
    for await (const { status } of report.results) counts[status === 'failed' ? 'failed' : 'done'] += 1;
    return counts;
  }

  async *#results(parts: Iterable<string>): AsyncGenerator<KeptResult, void> {
    for (const part of parts) {
      yield* linesOf(resultSchema, await this.#content(part), this.#told(part)) as unknown as KeptResult[];
    }
  }

  async #adoptedBy(owner: number): Promise<readonly string[]> {
    return (await this.#json(ownerSchema, `owner-${owner}.json`)).adopts;
  }

  async #json<Schema extends z.ZodMiniType>(schema: Schema, name: string): Promise<z.infer<Schema>> {
    return keptJson(schema, await this.#content(name), this.#told(name));
  }

  async #content(name: string): Promise<Buffer> {
    const content = await this.#place.read(`${this.#prefix}${name}`);
    if (!content) throw new DamagedState(`${this.#prefix}${name} is gone from ${this.#place.title}.`);
    return content;
  }

  /** A file for messages. */
  #told(name: string): string {
    return `${this.#prefix}${name} of ${this.#place.title}`;
  }

  async #state(): Promise<State> {
    const owners: number[] = [];
    const ends: number[] = [];
    const parts: { name: string; owner: number; sequence: number }[] = [];
    const left = new Set<number>();
    const forgiven = new Set<number>();
    for await (const key of this.#place.list(this.#prefix)) {
      const name = key.slice(this.#prefix.length);
      const [, kind, number, sequence] =
        /^(owner|done|part|left|forgiven)-(\d{1,9})(?:-(\d{1,9}))?\.(?:nd)?json$/.exec(name) ?? [];
      if (kind === 'owner') owners.push(Number(number));
      if (kind === 'done') ends.push(Number(number));
      if (kind === 'left') left.add(Number(number));
      if (kind === 'forgiven') forgiven.add(Number(number));
      if (kind === 'part') parts.push({ name, owner: Number(number), sequence: Number(sequence) });
    }
    const ascending = (one: number, other: number): number => one - other;
    parts.sort((one, other) => one.owner - other.owner || one.sequence - other.sequence);
    return { owners: owners.sort(ascending), ends: ends.sort(ascending), parts, left, forgiven };
  }
}

function partName(owner: number, sequence: number): string {
  return `part-${owner}-${sequence}.ndjson`;
}

function linesOf<Schema extends z.ZodMiniType>(
  schema: Schema,
  content: Buffer,
  name: string,
): z.infer<Schema>[] {
  const lines = content.toString().split('\n');
  return lines.filter((line) => line !== '').map((line) => keptJson(schema, line, name));
}
