import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { S3Place } from '../src/engine/cluster/places/s3-place.ts';
import { listOf } from './cluster.ts';
import { filesBelow, sampleFolder } from './images/image-folders.ts';
import type { Submitted } from './kills.ts';
import { type JsonEvent, Shell } from './run-shoal.ts';
import { bodyOf, type HostLog } from './servers/host-log.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

/** A run that is handed out, and what has to come of each item. */
export interface HandedOut {
  readonly submitted: Submitted;
  readonly items: readonly string[];
  /** Whether a result is as it has to be. @throws if it is not. */
  readonly check: (result: JsonEvent) => Promise<void>;
}

export type KindOfRun = 'fetch' | 'thumbs' | 'map';

/** A place, and how what was put there is read. */
export interface TestPlace {
  readonly title: string;
  read(output: string): Promise<Buffer | undefined>;
}

export function folderPlace(): TestPlace {
  return { title: tempFolder(), read: async (output) => readFileSync(output) };
}

export async function storagePlace(prefix: string): Promise<TestPlace> {
  const title = `s3://photos/${prefix}`;
  const place = await S3Place.open(title);
  onTestFinished(() => place.close());
  return { title, read: (output) => place.read(output.slice(title.length + 1)) };
}

/** Each kind of run takes some seconds with two workers. */
export async function handedOutTo(
  place: TestPlace,
  kind: KindOfRun,
  { log, perHost }: { readonly log: HostLog; readonly perHost: number },
): Promise<HandedOut> {
  if (kind === 'fetch') return fetched(place, log, perHost);
  return kind === 'thumbs' ? thumbnails(place) : mapped(place);
}

function fetched(place: TestPlace, log: HostLog, perHost: number): HandedOut {
  const items = log.urls(6, 100);
  return {
    submitted: { args: ['fetch', listOf(items), '--out', place.title, '--per-host', String(perHost)] },
    items,
    check: async ({ input, output, status }) => {
      expect([input, status]).toEqual([input, expect.stringMatching(/^(done|skipped)$/)]);
      const body = await place.read(String(output));
      expect([output, body?.toString()]).toEqual([output, bodyOf(`/${basename(String(input))}`)]);
    },
  };
}

async function thumbnails(place: TestPlace): Promise<HandedOut> {
  const sample = await sampleFolder(8);
  const names = filesBelow(sample);
  const originals = tempFolder();
  const files: Record<string, Buffer> = {};
  for (let folder = 0; folder < 24; folder += 1) {
    for (const name of names) files[`${folder % 5}/${folder}/${name}`] = readFileSync(join(sample, name));
  }
  writeFiles(originals, files);
  // What a run on one machine makes of them, and where.
  const alone = tempFolder();
  await new Shell().run(['thumbs', sample, '--out', alone]);
  const [made = ''] = filesBelow(alone);
  const extension = made.slice(made.lastIndexOf('.'));
  return {
    submitted: { args: ['thumbs', originals, '--out', place.title] },
    items: Object.keys(files).map((path) => join(originals, path)),
    check: async ({ input, output, status }) => {
      expect([input, status]).toEqual([input, expect.stringMatching(/^(done|skipped)$/)]);
      const below = relative(originals, String(input)).replace(/\.[^.]*$/, extension);
      expect(output).toBe(`${place.title}/${below}`);
      const thumbnail = await place.read(String(output));
      const wanted = readFileSync(join(alone, basename(below)));
      expect([output, thumbnail?.equals(wanted)]).toEqual([output, true]);
    },
  };
}

function mapped(place: TestPlace): HandedOut {
  const folder = tempFolder();
  const task = 'await new Promise((done) => setTimeout(done, 100)); return item.toUpperCase();';
  writeFiles(folder, { 'up.mjs': `export default async (item) => { ${task} };` });
  // Each is given twice, and is to be there twice.
  const items = Array.from({ length: 800 }, (_, index) => `item ${Math.floor(index / 2)}`);
  return {
    submitted: { args: ['map', join(folder, 'up.mjs'), '-', '--out', place.title], input: items.join('\n') },
    items,
    check: async ({ input, output, status }) =>
      expect([input, status, output]).toEqual([input, 'done', String(input).toUpperCase()]),
  };
}
