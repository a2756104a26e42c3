import type { HostStanding, HostsStanding } from '../../../shared/progress/hosts-standing.ts';

/** The hosts of several buckets: those with most left first, and no more than are wanted. */
export function hostsTogether(parts: readonly HostsStanding[], most: number): HostsStanding | undefined {
  if (parts.length === 0) return undefined;
  const all = parts.flatMap(({ hosts }) => hosts).sort(byLeft);
  const cut = all.slice(most).filter(({ left }) => left > 0);
  const slowest = parts.flatMap((part) => part.slowest ?? []).sort(bySeconds)[0];
  return {
    hosts: all.slice(0, most),
    more: {
      hosts: sum(parts, ({ more }) => more.hosts) + cut.length,
      left: sum(parts, ({ more }) => more.left) + sum(cut, ({ left }) => left),
    },
    heldLeft: sum(parts, ({ heldLeft }) => heldLeft),
    mostAtOnce: sum(parts, ({ mostAtOnce }) => mostAtOnce),
    ...(slowest && { slowest }),
  };
}

function byLeft(one: HostStanding, other: HostStanding): number {
  return other.left - one.left;
}

function bySeconds(one: { readonly seconds: number }, other: { readonly seconds: number }): number {
  return other.seconds - one.seconds;
}

function sum<Part>(parts: readonly Part[], of: (part: Part) => number): number {
  return parts.reduce((all, part) => all + of(part), 0);
}
