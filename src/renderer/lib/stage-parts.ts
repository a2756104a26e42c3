import { type Stage, type StageMs, stages } from '../../../shared/stages.ts';

/** What a person is told of stages: looking up a name and agreeing on keys is connecting. */
const parts = {
  host: 'wait',
  dns: 'connect',
  connect: 'connect',
  tls: 'connect',
  firstByte: 'first byte',
  body: 'body',
  read: 'read',
  decode: 'decode',
  resize: 'scale',
  encode: 'encode',
  write: 'write',
} as const satisfies Record<Stage, string>;

export type Part = (typeof parts)[Stage];

/** The parts of an item's time in their order, those that took any. */
export function partsOf(times: StageMs): { readonly part: Part; readonly ms: number }[] {
  const sums = new Map<Part, number>();
  for (const stage of order) {
    const ms = times[stage] ?? 0;
    if (ms > 0) sums.set(parts[stage], (sums.get(parts[stage]) ?? 0) + ms);
  }
  return [...sums].map(([part, ms]) => ({ part, ms }));
}

/** A file is written before a thumbnail is made of it, but both writes are one part, which comes last. */
const order: readonly Stage[] = [...stages.filter((stage) => stage !== 'write'), 'write'];

/** All parts that any of them has, in their order. */
export function partsAmong(all: readonly StageMs[]): Part[] {
  const sum: Partial<Record<Stage, number>> = {};
  for (const times of all) for (const stage of stages) sum[stage] = (sum[stage] ?? 0) + (times[stage] ?? 0);
  return partsOf(sum).map(({ part }) => part);
}

export function totalMs(times: StageMs): number {
  return Object.values(times).reduce((sum, ms) => sum + ms, 0);
}
