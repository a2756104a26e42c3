import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { hashOfBody, type KindName, pathOf } from './bodies.ts';
import { type Contents, contentsOf, sha256 } from './folder.ts';
import { type Origin, startOrigin } from './origin.ts';
import { makePictures } from './pictures.ts';
import { run } from './shoal.ts';

const pictureCount = 2_000;
/** As many of the pictures are fetched where thumbnails are made of what is fetched. */
const fetchedPictures = 300;

export interface Pictures {
  readonly folder: string;
  readonly names: readonly string[];
}

/** URLs, and what a folder holds once all of them are fetched. */
export interface UrlSet {
  readonly urls: readonly string[];
  readonly files: Contents;
}

/** What all scenarios work on, each made when it is first asked for. */
export class Materials {
  readonly #folder: string;
  #pictures: Promise<Pictures> | undefined;
  #thumbnails: Promise<Contents> | undefined;
  #origin: Promise<Origin> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  pictures(): Promise<Pictures> {
    const folder = join(this.#folder, 'pictures');
    this.#pictures ??= makePictures(folder, pictureCount).then((names) => ({ folder, names }));
    return this.#pictures;
  }

  /** The thumbnails that an undisturbed run makes of the pictures: those of every other run must be the same. */
  thumbnails(): Promise<Contents> {
    this.#thumbnails ??= this.#makeThumbnails();
    return this.#thumbnails;
  }

  async origin(): Promise<string> {
    this.#origin ??= startOrigin(join(this.#folder, 'pictures'));
    return (await this.#origin).address;
  }

  /** Files of all kinds that there are, mixed: most are small, some are large enough for parts, some drip. */
  async mixedUrls(count: number): Promise<UrlSet> {
    return this.urls(Array.from({ length: count }, (_, index) => mixedPath(index)));
  }

  async urls(paths: readonly string[]): Promise<UrlSet> {
    const address = await this.origin();
    return {
      urls: paths.map((path) => address + path),
      files: new Map(paths.map((path) => [path.slice(path.lastIndexOf('/') + 1), hashOfBody(path)])),
    };
  }

  async pictureUrls(): Promise<UrlSet> {
    const { folder, names } = await this.pictures();
    const address = await this.origin();
    const fetched = names.slice(0, fetchedPictures);
    return {
      urls: fetched.map((name) => address + pathOf('picture', 0, name)),
      files: new Map(fetched.map((name) => [name, sha256(readFileSync(join(folder, name)))])),
    };
  }

  async stop(): Promise<void> {
    (await this.#origin)?.stop();
  }

  async #makeThumbnails(): Promise<Contents> {
    const { folder, names } = await this.pictures();
    const out = join(this.#folder, 'reference');
    const { code, stderr } = await run({
      args: ['thumbs', folder, '--out', out],
      state: join(this.#folder, 'reference-state'),
    });
    const contents = contentsOf(out);
    if (code !== 0 || contents.size !== names.length) {
      throw new Error(`An undisturbed run made ${contents.size} of ${names.length} thumbnails: ${stderr}`);
    }
    for (const name of contents.keys()) {
      // Rejects where any of it is missing.
      const { info } = await sharp(join(out, name), { failOn: 'warning' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      if (Math.max(info.width, info.height) !== 75) throw new Error(`${name} is no thumbnail of 75 pixels.`);
    }
    return contents;
  }
}

function mixedPath(index: number): string {
  const name = `f${String(index + 1).padStart(4, '0')}.bin`;
  const turn = index % 40;
  const [kind, bytes]: [KindName, number] =
    turn % 20 === 19
      ? ['large', 300_000 + ((index * 7_919) % 700_000)]
      : turn === 20
        ? ['drip', 12_000 + ((index * 104_729) % 16_000)]
        : turn % 8 === 5
          ? ['bare', 2_000 + ((index * 1_299_709) % 120_000)]
          : ['quick', 200 + ((index * 15_485_863) % 24_000)];
  return pathOf(kind, bytes, name);
}
