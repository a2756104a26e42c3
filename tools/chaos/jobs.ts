import { copyFileSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from './findings.ts';
import { type Contents, inspect, type Seen } from './folder.ts';
import type { Materials, UrlSet } from './materials.ts';
import type { Site, Stage } from './scenario.ts';
import { type Ended, run } from './shoal.ts';

/** Something to be done at a site, any number of times over: what it leaves in the end is always the same. */
export interface Job {
  /** Puts there what the job works on, and returns its arguments. */
  prepare(site: Site): string[];
  /** The folder that is looked at. */
  outputs(site: Site): string;
  readonly expected: Contents;
}

/** Thumbnails into a folder of the run's choice. */
export async function thumbsJob(materials: Materials): Promise<Job> {
  const { folder } = await materials.pictures();
  return {
    prepare: ({ out }) => ['thumbs', folder, '--out', out],
    outputs: ({ out }) => out,
    expected: await materials.thumbnails(),
  };
}

/**
 * Thumbnails into `thumbs/` beside the pictures.
 * @param how they are there: links are quicker, but what is done to a link is done to the picture of all scenarios.
 */
export async function ownThumbsJob(
  materials: Materials,
  count = Number.POSITIVE_INFINITY,
  how: 'linked' | 'copied' = 'linked',
): Promise<Job> {
  const { folder, names } = await materials.pictures();
  const taken = names.slice(0, count);
  const thumbnails = await materials.thumbnails();
  const put = how === 'linked' ? linkSync : copyFileSync;
  return {
    prepare: (site) => {
      const photos = photosIn(site);
      mkdirSync(photos);
      for (const name of taken) put(join(folder, name), join(photos, name));
      return ['thumbs', photos];
    },
    outputs: (site) => join(photosIn(site), 'thumbs'),
    expected: new Map(taken.map((name) => [name, thumbnails.get(name) ?? ''])),
  };
}

export function photosIn({ folder }: Site): string {
  return join(folder, 'photos');
}

export async function fetchJob(materials: Materials, count = 1_000): Promise<Job> {
  const set = await materials.mixedUrls(count);
  return { prepare: (site) => fetchArgs(site, set), outputs: ({ out }) => out, expected: set.files };
}

/** Pictures fetched, and thumbnails made of them. @param flags such as `--no-originals`. */
export async function fetchThumbsJob(
  materials: Materials,
  flags: readonly string[],
  site: Site,
): Promise<Job> {
  const set = await materials.pictureUrls();
  const prepare = (at: Site) => [...fetchArgs(at, set), '--thumbs', '75', ...flags];
  const { code, results, stderr } = await run({ args: prepare(site), state: site.state });
  const thumbnails = await materials.thumbnails();
  const expected = new Map(flags.includes('--no-originals') ? [] : set.files);
  for (const name of set.files.keys()) expected.set(join('thumbs', name), thumbnails.get(name) ?? '');
  if (code !== 0 || results.length !== set.urls.length)
    throw new Error(`An undisturbed fetch failed: ${stderr}`);
  return { prepare, outputs: ({ out }) => out, expected };
}

export interface FetchFlags {
  readonly pool?: number;
  /** The list's own name, where a site has several. */
  readonly list?: string;
}

/** Fetches all of a set into the site's folder, many at once. */
export function fetchArgs(
  site: Site,
  { urls }: Pick<UrlSet, 'urls'>,
  { pool = 32, list = 'urls.txt' }: FetchFlags = {},
): string[] {
  const file = join(site.folder, list);
  writeFileSync(file, urls.join('\n'));
  return ['fetch', file, '--out', site.out, '--pool', String(pool), '--per-host', String(pool)];
}

/** How long a run takes that nobody disturbs, in milliseconds. The first one is not counted: it warms the caches. */
export async function durationOf(job: Job, stage: Stage): Promise<number> {
  let duration = 0;
  for (const _time of ['cold', 'warm']) {
    using site = stage.site();
    const { code, stderr, ms } = await run({ args: job.prepare(site), state: site.state });
    if (code !== 0) throw new Error(`An undisturbed run ended with ${code}: ${stderr}`);
    duration = ms;
  }
  return duration;
}

/** Runs a job to its end: then exactly the right files are there, and what was told is true. */
export async function completed(
  job: Job,
  args: readonly string[],
  site: Site,
  findings: Findings,
): Promise<Ended> {
  const ended = await run({ args, state: site.state });
  findings.ended(ended, [0]);
  const seen = inspect(job.outputs(site), job.expected);
  findings.finally(seen);
  findings.told(ended, job.outputs(site), seen);
  return ended;
}

/** A run was ended before it had: what is there must be right, and what was told is there. */
export function broken(job: Job, ended: Ended, site: Site, findings: Findings): Seen {
  const seen = inspect(job.outputs(site), job.expected);
  findings.between(seen);
  findings.told(ended, job.outputs(site), seen);
  return seen;
}
