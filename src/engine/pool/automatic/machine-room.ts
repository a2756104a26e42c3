import { freemem, totalmem } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { ProcessorTime, usesAllCores } from './processor-time.ts';

/** Whether the machine has room for more items in flight. `none`: there should be fewer. */
export type Room = 'free' | 'tight' | 'none';

/** What is known of the memory, in bytes. */
export interface MemoryState {
  /** What the process has. */
  readonly used: number;
  /** What it can still get. */
  readonly available: number;
  /** All that there is for it. */
  readonly total: number;
}

/** Kept free: for the page cache, for other programs, for an image that is larger than those before. */
const keptShare = 0.1;
const mostKept = 512 * 1024 * 1024;
/** How far the pool may grow between two looks. */
const growth = 2;
/** An event loop that is late by this, in milliseconds, has enough to do with what is in flight. */
const lateMs = 60;
/** How often the event loop's delay is sampled, in milliseconds; the histogram includes it. */
const sampleMs = 20;

/** Measures whether there is room for a larger pool: memory, cores, and time of the main thread. */
export class MachineRoom {
  readonly #delay = monitorEventLoopDelay({ resolution: sampleMs });
  readonly #usedBefore = memoryState().used;
  readonly #processor = new ProcessorTime();
  #at = performance.now();

  constructor() {
    this.#delay.enable();
  }

  /** @param size the pool size now. Looks at the time since the look before. */
  look(size: number): Room {
    const room = memoryRoom(memoryState(), this.#usedBefore, size);
    const isLate = this.#delay.count > 0 && this.#delay.percentile(50) / 1e6 - sampleMs > lateMs;
    this.#delay.reset();
    return room === 'free' && (isLate || this.#usesAllCores()) ? 'tight' : room;
  }

  #usesAllCores(): boolean {
    const at = performance.now();
    const ms = at - this.#at;
    this.#at = at;
    return usesAllCores(this.#processor.take(), ms);
  }

  close(): void {
    this.#delay.disable();
  }
}

/**
 * What an item in flight takes is measured, not computed from its pixels: how many of them are in memory at once depends
 * on who decodes it. @param usedBefore what the process had before the first item.
 */
export function memoryRoom({ used, available, total }: MemoryState, usedBefore: number, size: number): Room {
  const kept = Math.min(mostKept, total * keptShare);
  if (available < kept / 2) return 'none';
  const anItem = Math.max(0, used - usedBefore) / size;
  return available - (growth - 1) * size * anItem < kept ? 'tight' : 'free';
}

function memoryState(): MemoryState {
  const used = process.memoryUsage.rss();
  const limit = process.constrainedMemory();
  // Without a limit of the control group, some systems tell 0 and some a number beyond all memory.
  const isLimited = limit > 0 && limit < totalmem();
  const total = isLimited ? limit : totalmem();
  // macOS counts as free only what nobody has used yet: there, its compression and swap decide.
  const free = process.platform === 'darwin' ? total - used : freemem();
  // What the group has in the page cache counts as used there and can be had back, so only our own part is subtracted.
  return { used, total, available: isLimited ? Math.min(free, limit - used) : free };
}
