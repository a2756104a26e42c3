import type { Limit } from './limit.ts';

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function time(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}

export function bytes(value: number): string {
  if (value < 1_000) return `${Math.round(value)} B`;
  if (value < 1_000_000) return `${Math.round(value / 1_000)} kB`;
  return `${Math.round(value / 100_000) / 10} MB`;
}

/** "97 % of 2 cores are in use, and 3 % by other programs." */
export function processorUse({
  share,
  cores,
  others,
}: Pick<Extract<Limit, { kind: 'processor' }>, 'share' | 'cores' | 'others'>): string {
  const used = cores === 1 ? 'the only core is' : `${cores} cores are`;
  const rest = others === undefined ? '' : `, and ${percent(others)} by other programs`;
  return `${percent(share)} of ${used} in use${rest}.`;
}
