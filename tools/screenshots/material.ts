import { linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSampleImages, sampleJpeg } from '../../test/images/sample-images.ts';

/** What the pictures are taken of: folders of images, some of them broken, and a server that is not always well. */
export interface Material {
  readonly photos: string;
  readonly archive: string;
  readonly origin: string;
  /** The same server under several names, as hosts of a list have them. */
  readonly origins: readonly string[];
  /** Takes away what earlier runs made. */
  reset(): void;
  close(): Promise<void>;
}

const places = ['Lofoten', 'Ardèche', 'Cinque Terre', 'Skye', 'Tatra', 'Kyoto', 'Porto', 'Sylt'];
/** Different pictures; a folder of thousands holds links to them. */
const distinct = 72;

export async function makeMaterial(folder: string): Promise<Material> {
  const originals = join(folder, 'originals');
  await makeSampleImages(originals, {
    count: distinct,
    smallest: { width: 900, height: 600 },
    largest: { width: 1200, height: 900 },
  });
  const photos = join(folder, 'Summer 2026');
  fill(photos, originals, 320, (at) => `${places[at % places.length]} ${number(at)}.jpg`);
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
  fill(archive, originals, 6_000, (at) => `scan-${number(at)}.jpg`);
  const server = await startServer(await sampleJpeg(3, 480, 320));
  return {
    photos,
    archive,
    origin: originOf(server),
    origins: [2, 3, 4, 5, 6, 7, 8, 9].map((at) => originOf(server).replace('127.0.0.1', `127.0.0.${at}`)),
    reset() {
      rmSync(join(folder, '../Downloads'), { recursive: true, force: true });
      for (const place of [photos, archive]) rmSync(join(place, 'thumbs'), { recursive: true, force: true });
    },
    close: () => closed(server),
  };
}

function fill(folder: string, originals: string, count: number, name: (at: number) => string): void {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(originals);
  for (let at = 0; at < count; at += 1) {
    linkSync(join(originals, names[at % names.length] ?? ''), join(folder, name(at)));
  }
}

function number(at: number): string {
  return String(at + 1).padStart(4, '0');
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
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
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
