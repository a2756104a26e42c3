import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../../engine/engine.ts';
import { fetchRequestSchema, thumbnailRequestSchema } from '../../../shared/requests.ts';
import type { ItemResult } from '../../../shared/result.ts';

/** One thing that was tried. */
export interface SelfTest {
  readonly name: string;
  readonly ms: number;
  /** Why it did not work. */
  readonly problem?: string;
}

/** How long all of it may take, in milliseconds. */
const allWithinMs = 5_000;
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
<rect width="640" height="480" fill="#0b7285"/><circle cx="320" cy="240" r="200" fill="#ffd43b"/></svg>`;
/** The formats that thumbnails can have: by our own codecs, and by sharp. */
const formats = ['jpeg', 'png', 'webp', 'avif'] as const;

/**
 * Goes the whole way once with a picture of its own, in a folder that is removed: draws it, makes thumbnails in all
 * formats, and fetches them from a server on this machine. The ledger is not touched.
 */
export async function selfTest(engine: Engine): Promise<SelfTest[]> {
  let folder = '';
  const place = await tried(`make a folder in ${tmpdir()}`, async () => {
    folder = mkdtempSync(join(tmpdir(), 'shoal-doctor-'));
  });
  if (place.problem !== undefined) return [place];
  const signal = AbortSignal.timeout(allWithinMs);
  const made = join(folder, 'made');
  try {
    writeFileSync(join(folder, 'picture.svg'), picture);
    const tests = [
      await tried('draw a picture', () =>
        makeThumbnails(
          engine,
          join(folder, 'picture.svg'),
          { outputFolder: made, box: 640, format: 'png' },
          signal,
        ),
      ),
    ];
    for (const format of formats) {
      const outputFolder = join(folder, format);
      tests.push(
        await tried(`make a thumbnail in ${format}`, () =>
          makeThumbnails(engine, join(made, 'picture.png'), { outputFolder, box: 75, format }, signal),
        ),
      );
    }
    tests.push(
      await tried('fetch it from this machine', () => fetchBack(engine, made, join(folder, 'got'), signal)),
    );
    return tests;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tried(name: string, work: () => Promise<void>): Promise<SelfTest> {
  const started = performance.now();
  try {
    await work();
    return { name, ms: performance.now() - started };
  } catch (error) {
    return {
      name,
      ms: performance.now() - started,
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}

async function makeThumbnails(
  engine: Engine,
  path: string,
  { outputFolder, box, format }: { outputFolder: string; box: number; format: string },
  signal: AbortSignal,
): Promise<void> {
  const request = thumbnailRequestSchema.parse({
    kind: 'thumbnails',
    paths: [path],
    recipe: { box: { width: box, height: box }, format },
    outputFolder,
  });
  const told: ItemResult[] = [];
  await engine.time(request, { poolSize: 1, signal, onResult: (result) => told.push(result) });
  assertDone(told);
}

async function fetchBack(engine: Engine, from: string, to: string, signal: AbortSignal): Promise<void> {
  const [name = ''] = readdirSync(from);
  const sent = readFileSync(join(from, name));
  const server = createServer((_request, response) => response.end(sent));
  const hostsFile = join(to, '../hosts.json');
  // A proxy of the environment cannot reach this machine.
  writeFileSync(hostsFile, JSON.stringify({ '*': { proxy: '' } }));
  try {
    const request = fetchRequestSchema.parse({
      kind: 'fetch',
      inputs: [{ kind: 'argument', value: `${await listening(server)}/${name}` }],
      recipe: {},
      access: { hostsFile },
      outputFolder: to,
    });
    const told: ItemResult[] = [];
    await engine.time(request, { poolSize: 1, signal, onResult: (result) => told.push(result) });
    assertDone(told);
    if (!readFileSync(join(to, name)).equals(sent)) throw new Error('Other bytes came than were sent.');
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function assertDone(results: readonly ItemResult[]): void {
  const [result] = results;
  if (result?.status === 'done') return;
  const { error, status } = result ?? { error: undefined, status: 'not told of' };
  throw new Error(error?.message ?? `The item was ${status} within ${allWithinMs / 1_000} s.`);
}
