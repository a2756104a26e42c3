import { randomBytes } from 'node:crypto';
import type { ThumbId } from '../../shared/ipc/run.ts';

export interface ThumbImage {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/avif' | 'image/gif';
  readonly bytes: Uint8Array<ArrayBuffer>;
}
/** Reads an item's image when it is asked for, because a run of a million items must not hold a million images. */
export type ThumbSource = (index: number) => Promise<ThumbImage | undefined>;

/** The ids of one run's images. */
export interface RunThumbs {
  idOf(index: number): ThumbId;
  forget(): void;
}

/**
 * Gives ids to the images that the page may show. An id is opaque and cannot be guessed: it holds 88 random bits of its
 * run and the item's number within the run. So only one entry is kept for each run, and an id is valid for as long as
 * its run is held.
 */
export class ThumbRegistry {
  readonly #sources = new Map<string, ThumbSource>();

  register(source: ThumbSource): RunThumbs {
    const random = randomBytes(11).toString('hex');
    this.#sources.set(random, source);
    return {
      idOf: (index) => toUuid(random + index.toString(16).padStart(8, '0')),
      forget: () => this.#sources.delete(random),
    };
  }

  /** `address` is the whole URL: exactly `thumb://shoal/<id>`, without a further path or a query. */
  async answer(address: string): Promise<Response> {
    const id = /^thumb:\/\/shoal\/([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12})$/.exec(
      address,
    )?.[1];
    const digits = id === undefined ? '' : fromUuid(id);
    const source = this.#sources.get(digits.slice(0, 22));
    const image = await source?.(Number.parseInt(digits.slice(22), 16)).catch(() => undefined);
    if (image === undefined) return new Response(null, { status: 404 });
    return new Response(image.bytes, {
      headers: {
        'content-type': image.type,
        // The image of an id never changes.
        'cache-control': 'private, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      },
    });
  }
}

/** Thirty hexadecimal digits in the form of a version 4 UUID (RFC 9562), whose version and variant are fixed. */
function toUuid(digits: string): ThumbId {
  const [a, b, c, d, e] = [
    [0, 8],
    [8, 12],
    [12, 15],
    [15, 18],
    [18, 30],
  ].map(([from, to]) => digits.slice(from, to));
  return `${a}-${b}-4${c}-8${d}-${e}` as ThumbId;
}

function fromUuid(id: string): string {
  const [a = '', b = '', c = '', d = '', e = ''] = id.split('-');
  return a + b + c.slice(1) + d.slice(1) + e;
}
