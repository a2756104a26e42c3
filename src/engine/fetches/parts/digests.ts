import { createHash, type Hash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AttemptError } from '../protocol/fetch-errors.ts';

export interface Expected {
  readonly sha256?: string;
  readonly md5?: string;
}

export interface Digest {
  readonly sha256: string;
  readonly md5: string | undefined;
}

/** The digests of a body that comes in pieces. MD5 only where the list has one to compare with. */
export class Digests {
  readonly #sha256: Hash = createHash('sha256');
  readonly #md5: Hash | undefined;

  constructor({ md5 }: Expected) {
    if (md5 !== undefined) this.#md5 = createHash('md5');
  }

  update(chunk: Uint8Array): void {
    this.#sha256.update(chunk);
    this.#md5?.update(chunk);
  }

  /** Takes in the first bytes of a file, as a resumed download does with what it has. */
  async updateFromFile(path: string, bytes: number): Promise<void> {
    if (bytes === 0) return;
    for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 1024 * 1024 })) {
      this.update(chunk as Buffer);
    }
  }

  /** The SHA-256 of what has come so far; more can follow. */
  soFar(): string {
    return this.#sha256.copy().digest('hex');
  }

  digest(): Digest {
    return { sha256: this.#sha256.digest('hex'), md5: this.#md5?.digest('hex') };
  }
}

/** The digests of a body that is whole, in one piece or a few. */
export function digestOf(parts: readonly Uint8Array[], expected: Expected): Digest {
  const [first = empty] = parts;
  if (parts.length > 1) {
    const digests = new Digests(expected);
    for (const part of parts) digests.update(part);
    return digests.digest();
  }
  // A hash in one call costs half of one that is fed.
  const md5 = expected.md5 === undefined ? undefined : hash('md5', first);
  return { sha256: hash('sha256', first), md5 };
}

const empty = new Uint8Array(0);

/** @throws AttemptError `CHECKSUM_MISMATCH`. */
export function verify(url: string, expected: Expected, actual: Digest): void {
  if (expected.sha256 === undefined && expected.md5 === undefined) return;
  for (const kind of ['sha256', 'md5'] as const) {
    const wanted = expected[kind];
    if (wanted !== undefined && wanted !== actual[kind]) {
      throw new AttemptError(
        'CHECKSUM_MISMATCH',
        `${url}: expected ${kind} ${wanted}, got ${actual[kind]}; the file was not kept.`,
      );
    }
  }
}
