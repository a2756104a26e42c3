import { randomUUID } from 'node:crypto';
import type { ThumbId } from '../shared/ipc/run.ts';

export interface ThumbImage {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/avif' | 'image/gif';
  readonly bytes: Uint8Array<ArrayBuffer>;
}
/** Reads the image when it is asked for: a run of a million items must not hold a million images. */
export type ThumbSource = () => Promise<ThumbImage | undefined>;

/** Ids of the images the page may show. An id is opaque, and what has none cannot be asked for. */
export class ThumbRegistry {
  private readonly sources = new Map<string, ThumbSource>();

  register(source: ThumbSource): ThumbId {
    const id = randomUUID() as ThumbId;
    this.sources.set(id, source);
    return id;
  }

  forget(id: ThumbId): void {
    this.sources.delete(id);
  }

  clear(): void {
    this.sources.clear();
  }

  /** `address` is the whole URL: exactly `thumb://shoal/<id>`, without a path beyond it or a query. */
  async answer(address: string): Promise<Response> {
    const id = /^thumb:\/\/shoal\/([0-9a-f-]{36})$/.exec(address)?.[1];
    const source = id === undefined ? undefined : this.sources.get(id);
    if (source === undefined) return new Response(null, { status: 404 });
    const image = await source().catch(() => undefined);
    if (image === undefined) return new Response(null, { status: 404 });
    return new Response(image.bytes, {
      headers: {
        'content-type': image.type,
        // An id never changes its image.
        'cache-control': 'private, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      },
    });
  }
}
