import { createHash } from 'node:crypto';
import { sha256 } from './folder.ts';

/** How the origin serves a kind of file. Times in milliseconds, sizes in bytes. */
export interface Kind {
  /** What names the version of a file; without it an interrupted download cannot go on. */
  readonly validator: 'etag' | 'last-modified' | 'none';
  /** Whether the answer tells its length. */
  readonly sized: boolean;
  readonly latencyMs: number;
  /** Absent where the body is sent at once. */
  readonly drip?: { readonly pieceBytes: number; readonly everyMs: number };
}

const kinds = {
  quick: { validator: 'etag', sized: true, latencyMs: 12 },
  bare: { validator: 'none', sized: false, latencyMs: 12 },
  large: {
    validator: 'etag',
    sized: true,
    latencyMs: 5,
    drip: { pieceBytes: 64 * 1024, everyMs: 8 },
  },
  drip: {
    validator: 'last-modified',
    sized: true,
    latencyMs: 5,
    drip: { pieceBytes: 4 * 1024, everyMs: 20 },
  },
  'large-bare': {
    validator: 'none',
    sized: true,
    latencyMs: 5,
    drip: { pieceBytes: 64 * 1024, everyMs: 8 },
  },
  slow: {
    validator: 'etag',
    sized: true,
    latencyMs: 5,
    drip: { pieceBytes: 64 * 1024, everyMs: 30 },
  },
  picture: { validator: 'etag', sized: true, latencyMs: 12 },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** A path of the origin; its last part is the name that Shoal gives the file. */
export function pathOf(kind: KindName, bytes: number, name: string): string {
  return `/${kind}/${bytes}/${name}`;
}

export function kindOf(path: string): Kind | undefined {
  const [, kind = ''] = path.split('/');
  return (kinds as Readonly<Record<string, Kind>>)[kind];
}

/** The bytes of a path: the origin and those who check know them without telling each other. */
export function bodyOf(path: string): Buffer {
  const [, , bytes] = path.split('/');
  return createHash('shake256', { outputLength: Number(bytes) })
    .update(path)
    .digest();
}

export function etagOf(body: Uint8Array): string {
  return `"${sha256(body).slice(0, 20)}"`;
}

const known = new Map<string, string>();

export function hashOfBody(path: string): string {
  let hash = known.get(path);
  if (hash === undefined) {
    hash = sha256(bodyOf(path));
    known.set(path, hash);
  }
  return hash;
}
