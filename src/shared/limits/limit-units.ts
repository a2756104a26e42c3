import { plain, type Say } from '../say/say.ts';
import type { Limit } from './limit.ts';

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function time(ms: number, say: Say = plain): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return say('{{value, number(useGrouping: false)}} s', { value: Math.round(ms / 100) / 10 });
}

export function bytes(value: number, say: Say = plain): string {
  if (value < 1_000) return `${Math.round(value)} B`;
  if (value < 1_000_000) return `${Math.round(value / 1_000)} kB`;
  return say('{{value, number(useGrouping: false)}} MB', { value: Math.round(value / 100_000) / 10 });
}

/** "97 % of 2 cores are in use, and 3 % by other programs." */
export function processorUse(
  { share, cores, others }: Pick<Extract<Limit, { kind: 'processor' }>, 'share' | 'cores' | 'others'>,
  say: Say = plain,
): string {
  if (others === undefined)
    return say(
      '{{used}} of {{count, number}} cores are in use.',
      { used: percent(share), count: cores },
      '{{used}} of the only core is in use.',
    );
  return say(
    '{{used}} of {{count, number}} cores are in use, and {{others}} by other programs.',
    { used: percent(share), others: percent(others), count: cores },
    '{{used}} of the only core is in use, and {{others}} by other programs.',
  );
}
