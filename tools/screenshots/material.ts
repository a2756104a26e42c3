import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSampleImages, sampleJpeg } from '../../src/engine/testing/sample-images.ts';

/** What the pictures are taken of: folders of images, some of them broken, and a server that is not always well. */
export interface Material {
  readonly photos: string;
  readonly archive: string;
  readonly origin: string;
  close(): Promise<void>;
}

const places = ['Lofoten', 'Ardèche', 'Cinque Terre', 'Skye', 'Tatra', 'Kyoto', 'Porto', 'Sylt'];

export async function makeMaterial(folder: string): Promise<Material> {
  const photos = join(folder, 'Summer 2026');
  await makeSampleImages(photos, { count: 320 });
  for (const [at, name] of readdirSync(photos).entries()) {
    renameSync(
      join(photos, name),
      join(photos, `${places[at % places.length]} ${String(at + 1).padStart(4, '0')}.jpg`),
    );
  }
  writeFileSync(join(photos, 'Lofoten 0411.jpg'), '');
  writeFileSync(join(photos, 'Notes, not a picture.jpg'), 'Remember to label the folders.');
  const whole = await sampleJpeg(7, 640, 480);
  writeFileSync(
    join(photos, 'Copied from the camera before the card was full, part 2 of 2.jpg'),
    whole.subarray(0, 900),
  );
  const archive = join(
    folder,
    'Archive of the harbour festival, scanned in the winter of 2025, second selection',
  );
  await makeSampleImages(archive, {
    count: 2_400,
    smallest: { width: 120, height: 90 },
    largest: { width: 200, height: 150 },
  });
  const server = await startServer(await sampleJpeg(3, 480, 320));
  return { photos, archive, origin: originOf(server), close: () => closed(server) };
}

/** Answers after a while, as servers far away do; some addresses never well. */
async function startServer(photo: Buffer): Promise<Server> {
  const server = createServer(async (request, response) => {
    await sleep(60 + Math.random() * 240);
    const path = request.url ?? '';
    if (path.includes('missing')) response.writeHead(404).end();
    else if (path.includes('broken')) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': photo.length }).end(photo);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A list as people have them: mostly right, with lines that are not URLs. */
export function urlList(origin: string, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const number = String(at + 1).padStart(3, '0');
    if (at % 29 === 17) return `${origin}/missing/${number}.jpg`;
    if (at % 53 === 31) return `${origin}/broken/${number}.jpg`;
    return `${origin}/harbour-festival/2026/photo-${number}.jpg`;
  });
  lines.splice(
    4,
    0,
    'www.example.com/without-a-scheme.jpg',
    'ftp://archive.example.org/scan.tif',
    'see the mail of 3 May',
  );
  return lines.join('\n');
}

export function emptyFolder(parent: string): string {
  const folder = join(parent, 'Nothing here yet');
  mkdirSync(folder, { recursive: true });
  return folder;
}
