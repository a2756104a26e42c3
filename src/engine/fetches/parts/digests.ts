import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AttemptError } from '../protocol/fetch-errors.ts';

/** Loaded with the first digest: that takes longer than a thread may take to make its first requests. */
const crypto = () => process.getBuiltinModule('node:crypto');

export interface Expected {
  readonly sha256?: string;
  readonly md5?: string;
}

export interface Digest {
  readonly sha256: string;
  readonly md5: string | undefined;
}

/** The digests of a body that arrives in pieces. MD5 is computed only if the list gives one to compare with. */
export class Digests {
  readonly #sha256: Hash = crypto().createHash('sha256');
  readonly #md5: Hash | undefined;

  constructor({ md5 }: Expected) {
    if (md5 !== undefined) this.#md5 = crypto().createHash('md5');
  }

  update(chunk: Uint8Array): void {
    this.#sha256.update(chunk);
    this.#md5?.update(chunk);
  }

  /** Adds the first bytes of a file: a resumed download does this with its part. */
  async updateFromFile(path: string, bytes: number): Promise<void> {
    if (bytes === 0) return;
    for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 1024 * 1024 })) {
      this.update(chunk as Buffer);
    }
  }

  /** The SHA-256 of the bytes so far; more can be added afterwards. */
  soFar(): string {
    return this.#sha256.copy().digest('hex');
  }

  digest(): Digest {
    return { sha256: this.#sha256.digest('hex'), md5: this.#md5?.digest('hex') };
  }
}

/** The digests of a complete body, in one piece or a few. */
export function digestOf(parts: readonly Uint8Array[], expected: Expected): Digest {
  const [first = empty] = parts;
  if (parts.length > 1) {
    const digests = new Digests(expected);
    for (const part of parts) digests.update(part);
    return digests.digest();
  }
  // One call of hash() costs half as much as a hash object with updates.
  const md5 = expected.md5 === undefined ? undefined : crypto().hash('md5', first);
  return { sha256: crypto().hash('sha256', first), md5 };
}

const empty = new Uint8Array(0);

/** The first digest that is not the expected one. */
export function mismatchOf(expected: Expected, actual: Digest): 'sha256' | 'md5' | undefined {
  return (['sha256', 'md5'] as const).find(
    (kind) => expected[kind] !== undefined && expected[kind] !== actual[kind],
  );
}

/** @throws AttemptError `CHECKSUM_MISMATCH` if a digest differs from the expected one. */
export function verify(url: string, expected: Expected, actual: Digest): void {
  const kind = mismatchOf(expected, actual);
  if (kind === undefined) return;
  throw new AttemptError(
    'CHECKSUM_MISMATCH',
    `${url}: expected ${kind} ${expected[kind]}, got ${actual[kind]}; the file was not kept.`,
  );
}
