import type { LeftOutEntry } from './folder-reader.ts';

/** Counts what a walk does not take: nothing is passed over without a word. */
export class WhatIsLeftOut {
  readonly #root: string;
  readonly #counts = {
    unread: new Map(),
    video: new Map(),
    system: new Map(),
    excluded: new Map(),
  } satisfies Record<LeftOutEntry['why'], Map<string, number>>;

  constructor(root: string) {
    this.#root = root;
  }

  add(entries: readonly LeftOutEntry[]): void {
    for (const { why, what } of entries) {
      const counts: Map<string, number> = this.#counts[why];
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }

  /** The warnings at the end of the walk. */
  told(): string[] {
    const { unread, video, system, excluded } = this.#counts;
    return [
      ...(unread.size === 0
        ? []
        : [
            `Images in formats that cannot be read were passed over in ${this.#root} (${listed(unread)}): convert them first.`,
          ]),
      ...(video.size === 0
        ? []
        : [
            `Videos were passed over in ${this.#root} (${listed(video)}): install ffmpeg, which takes a picture out of them.`,
          ]),
      ...(system.size === 0
        ? []
        : [
            `Folders that a system keeps for itself were passed over in ${this.#root} (${listed(system)}): give one of them itself if it is meant.`,
          ]),
      ...(excluded.size === 0 ? [] : [`Left out in ${this.#root}, as asked: ${numbers(excluded)}.`]),
    ];
  }
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort()
    .map(([what, times]) => `${times} × ${what}`)
    .join(', ');
}

function numbers(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort()
    .reverse()
    .map(([what, times]) => `${times} ${what}${times === 1 ? '' : 's'}`)
    .join(' and ');
}
