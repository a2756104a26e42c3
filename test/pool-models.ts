import { SizeController } from '../src/engine/pool/automatic/size-controller.ts';
import { WindowMeter } from '../src/engine/pool/automatic/window-meter.ts';

/** Something that a pool can ask for work, in virtual time. Times are in milliseconds. */
export interface Model {
  /** How long an item takes that starts now, or that it is refused. @param running how many are in flight, with this one. */
  readonly takes: (now: number, running: number, serviceMs: number) => number | 'refused';
  /** What a pool of this size does, in items at once; undefined time is the start. */
  readonly rate: (size: number, now: number) => number;
}

/** Serves `n` at once; further ones wait in a queue. */
export function servers(n: (now: number) => number): Model {
  let freeAt: number[] = [];
  return {
    takes: (now, _running, serviceMs) => {
      const most = n(now);
      freeAt = freeAt.toSorted((a, b) => b - a).slice(0, most);
      while (freeAt.length < most) freeAt.push(now);
      const last = freeAt.length - 1;
      const least = freeAt.reduce((best, at, place) => (at < (freeAt[best] ?? 0) ? place : best), last);
      const end = Math.max(now, freeAt[least] ?? now) + serviceMs;
      freeAt[least] = end;
      return end - now;
    },
    rate: (size, now) => Math.min(size, n(now)),
  };
}

/** Each item takes longer the more are in flight above `n`, until all together do less. */
export function thrashing(n: number): Model {
  const slowness = (running: number) => Math.max(1, (running / n) ** 1.7);
  return {
    takes: (_now, running, serviceMs) => serviceMs * slowness(running),
    rate: (size) => size / slowness(size),
  };
}

/** Cores with two threads each: the second adds a third. */
export function twoThreadsACore(cores: number): Model {
  const rate = (size: number) =>
    Math.min(size, cores) + Math.max(0, Math.min(size, 2 * cores) - cores) * 0.33;
  return {
    takes: (_now, running, serviceMs) => (serviceMs * running) / rate(running),
    rate,
  };
}

/** Only far away. */
export const latency: Model = { takes: (_now, _running, serviceMs) => serviceMs, rate: (size) => size };

/** Refuses what is more than `k` at once, quickly. */
export function refusing(k: number): Model {
  return {
    takes: (_now, running, serviceMs) => (running > k ? 'refused' : serviceMs),
    rate: (size) => Math.min(size, k),
  };
}

export interface Run {
  readonly model: Model;
  readonly start: number;
  readonly ceiling: number;
  /** How long an item takes by itself. */
  readonly service: () => number;
  readonly mostWindows: number;
  /** How many there are at most, for other reasons than the size. */
  readonly feed?: (now: number) => number;
}

export interface Step {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** Runs the real meter and controller on a model. @returns the sizes, and when each window ended. */
export function runModel({ model, start, ceiling, service, mostWindows, feed }: Run) {
  const controller = new SizeController({ size: start, ceiling });
  const meter = new WindowMeter(0, start);
  const inFlight: { at: number; startedAt: number; isOverload: boolean }[] = [];
  const steps: Step[] = [];
  const windows: number[] = [];
  let now = 0;
  let since = 0;
  let size = start;
  const fill = () => {
    while (inFlight.length < Math.min(size, feed?.(now) ?? size)) {
      const ms = model.takes(now, inFlight.length + 1, service());
      const isOverload = ms === 'refused';
      push(inFlight, { at: now + (isOverload ? 2 : ms), startedAt: now, isOverload });
      meter.started(now);
    }
  };
  fill();
  while (windows.length < mostWindows) {
    const next = inFlight.shift();
    if (!next) break;
    now = next.at;
    const { startedAt, isOverload } = next;
    const done = isOverload ? 0 : 1;
    const window = meter.settled(now, startedAt, { items: done, work: done, isOverload });
    if (window) {
      windows.push(now);
      const wanted = controller.next(window);
      if (wanted !== size) {
        steps.push({ from: since, to: now, size });
        since = now;
        size = wanted;
        meter.resized(now, size);
      }
    }
    fill();
  }
  steps.push({ from: since, to: now, size });
  return { steps, windows, controller };
}

/** Keeps the list in the order of ends. */
function push<Item extends { at: number }>(list: Item[], item: Item): void {
  let place = list.length;
  while (place > 0 && (list[place - 1]?.at ?? 0) > item.at) place -= 1;
  list.splice(place, 0, item);
}
