import { basename, extname } from 'node:path';
import type { RunOptions } from '../../engine/index.ts';
import { formatOfExtension } from '../../shared/image-formats.ts';
import type { Contents } from '../../shared/ipc/contents.ts';
import type { JobKind } from '../../shared/ipc/job.ts';
import type { ItemResult } from '../../shared/result.ts';

type PassedOver = Parameters<NonNullable<RunOptions['onPassedOver']>>[0];

const mostNames = 100;
const mostHosts = 50;

/** Counts what is in the inputs of a job, as a dry run finds it. */
export class PreviewContents {
  readonly #formats = new Map<string, number>();
  readonly #unread = new Map<string, number>();
  readonly #unreadNames: string[] = [];
  #twice = 0;
  #otherSettings = 0;
  #earlier = 0;
  readonly #hasImages: boolean;

  /** @param kind of the job: lists have URLs, of which many tell nothing of what is behind them, and lines that are none. */
  constructor(kind: JobKind) {
    this.#hasImages = kind === 'thumbnails';
  }

  add({ input, replaces }: Pick<ItemResult, 'input' | 'replaces'>): void {
    if (replaces === 'other-settings') this.#otherSettings += 1;
    if (replaces === 'earlier') this.#earlier += 1;
    if (this.#hasImages) countOne(this.#formats, formatOf(extname(input)) ?? 'other');
  }

  passOver(passed: PassedOver): void {
    if (passed.why === 'twice') {
      this.#twice += passed.times;
      return;
    }
    countOne(this.#unread, formatOf(passed.what) ?? passed.what);
    if (this.#unreadNames.length < mostNames) this.#unreadNames.push(basename(passed.input));
  }

  /** @param hosts the URLs of each host; those of the many small ones may be counted together, under no name. */
  view(hosts: ReadonlyMap<string, number>): Contents {
    const known = [...hosts].filter(([host]) => host !== '').sort(([, one], [, other]) => other - one);
    const shown = known.slice(0, mostHosts);
    const all = [...hosts.values()].reduce((sum, count) => sum + count, 0);
    return {
      formats: mostFirst(this.#formats),
      unread: mostFirst(this.#unread),
      unreadNames: [...this.#unreadNames],
      twice: this.#twice,
      hosts: shown.map(([host, count]) => ({ host, count })),
      furtherHosts: known.length - shown.length,
      furtherUrls: all - shown.reduce((sum, [, count]) => sum + count, 0),
      otherSettings: this.#otherSettings,
      earlier: this.#earlier,
    };
  }
}

function countOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFirst(counts: ReadonlyMap<string, number>): Contents['formats'] {
  return [...counts].sort(([, one], [, other]) => other - one).map(([name, count]) => ({ name, count }));
}

function formatOf(extension: string): string | undefined {
  return formatOfExtension(extension.slice(1).toLowerCase())?.name;
}
