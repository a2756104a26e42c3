import { t } from '../../languages/translate.ts';
import { type Stage, type StageMs, stages } from '../../shared/stages.ts';

/** What a person is told of stages, and what has one colour: looking up a name and agreeing on keys is connecting. */
export const partOf = {
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

export type Part = (typeof partOf)[Stage];

const partNames: Readonly<Record<Part, () => string>> = {
  wait: () => t('wait'),
  connect: () => t('connect'),
  'first byte': () => t('first byte'),
  body: () => t('body'),
  read: () => t('read'),
  decode: () => t('decode'),
  scale: () => t('scale'),
  encode: () => t('encode'),
  write: () => t('write'),
};

export function partWords(part: Part): string {
  return partNames[part]();
}

/** A file is written before a thumbnail is made of it, but both writes are one part, which comes last. */
export const stagesInOrder: readonly Stage[] = [...stages.filter((stage) => stage !== 'write'), 'write'];

/** The parts of an item's time in their order, those that took any. */
export function partsOf(times: StageMs): { readonly part: Part; readonly ms: number }[] {
  const sums = new Map<Part, number>();
  for (const stage of stagesInOrder) {
    const ms = times[stage] ?? 0;
    if (ms > 0) sums.set(partOf[stage], (sums.get(partOf[stage]) ?? 0) + ms);
  }
  return [...sums].map(([part, ms]) => ({ part, ms }));
}

/** All parts that any of them has, in their order. */
export function partsAmong(all: readonly StageMs[]): Part[] {
  const sum: Partial<Record<Stage, number>> = {};
  for (const times of all) for (const stage of stages) sum[stage] = (sum[stage] ?? 0) + (times[stage] ?? 0);
  return partsOf(sum).map(({ part }) => part);
}

export function totalMs(times: StageMs): number {
  return Object.values(times).reduce((sum, ms) => sum + ms, 0);
}
