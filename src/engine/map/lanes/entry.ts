import { type Failure, UsageError } from '../../../shared/failure.ts';
import { withCompactViews } from '../common/compact-views.ts';
import type { ChunkOrder } from '../common/messages.ts';
import { type Ending, type Job, type MapOutcome, notBegun } from '../common/outcome.ts';

/** An item on its way: how often it was tried, and whom to tell. */
export interface Entry<Item, Value> {
  readonly job: Job<Item>;
  readonly ending: Ending<Value>;
  /** The tries that have ended. */
  tries: number;
  /** How many workers have died that it was at, although no item had begun. */
  deaths: number;
}

export type Failed = { readonly status: 'failed'; readonly error: Failure; readonly ms: number };

export function failed(error: Failure, ms: number): Failed {
  return { status: 'failed', error, ms };
}

/** An item that was tried before is not as if it had never begun. */
export function untried({ tries }: Pick<Entry<unknown, unknown>, 'tries'>): MapOutcome<never> {
  return tries > 0 ? { status: 'cancelled', ms: 0 } : notBegun;
}

/** The positions of items, as an order has them. */
export function indexesOf(entries: readonly { readonly job: Job<unknown> }[]): ChunkOrder['indexes'] {
  const first = entries[0]?.job.index ?? 0;
  const isRow = entries.every(({ job }, at) => job.index === first + at);
  return isRow ? first : entries.map(({ job }) => job.index);
}

const nothing: readonly unknown[] = [];

/** The items, as an order has them. @param areMoved whether their buffers go with them, as they are. */
export function itemsOf(
  entries: readonly { readonly job: Job<unknown> }[],
  areMoved: boolean,
): ChunkOrder['items'] {
  return entries.map(({ job }) => (areMoved ? job.item : withCompactViews(job.item, nothing)));
}

/** Those of a chunk that cannot be sent, once it is known that one of them cannot: looked for only then. */
export function unsendable<AnEntry extends { readonly job: Job<unknown> }>(
  entries: readonly AnEntry[],
): ReadonlySet<AnEntry> {
  const found = entries.filter(({ job }) => entries.length > 1 && !canBeCloned(job.item));
  return new Set(found.length > 0 ? found : entries);
}

function canBeCloned(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

/** No item is sent before its worker is ready: what could not be sent until then is the run's data. */
export function dataProblem({ message }: Failure): UsageError {
  const reason = message.slice(message.indexOf(':') + 2);
  return new UsageError(`Expected data to be what can be cloned for another thread: ${reason}`);
}
