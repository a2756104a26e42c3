import { Digests, type Expected, verify } from '../../parts/digests.ts';
import type { Head } from '../../protocol/exchange.ts';
import { type Coding, codingsOf, codingsToUndo } from '../http/content-codings.ts';
import { Decoding } from '../http/decoding.ts';

/** Thrown where the checksum is not of the form that was kept, but of the other: the file is then asked for once more. */
export class OtherFormWanted extends Error {}

/** What becomes of a body: the codings to undo, and the other form, if a checksum may be of that one. */
export interface Form {
  readonly codings: readonly Coding[];
  readonly besides: OtherForm | undefined;
}

const plainForm: Form = { codings: [], besides: undefined };

/**
 * @param names by which the file goes. @param otherwise whether the form that is usual did not match the checksum, but the
 * other one did.
 */
export function formOf(
  url: string,
  head: Head,
  names: () => readonly string[],
  expected: Expected,
  otherwise: boolean,
): Form {
  const all = codingsOf(head);
  if (all.length === 0) return plainForm;
  const usual = codingsToUndo(head, names());
  const other = usual.length < all.length ? all : [];
  if (otherwise) return { codings: other, besides: undefined };
  const isChecked = expected.sha256 !== undefined || expected.md5 !== undefined;
  // The rest of a file alone has no checksum.
  const mayDiffer = all.length > 0 && isChecked && head.status === 200;
  return { codings: usual, besides: mayDiffer ? new OtherForm(url, expected, other) : undefined };
}

/** The most bytes that are unpacked only to see whether a checksum is of them. */
const maxUnpackedBytes = 16 * 1024 * 1024 * 1024;

/**
 * A file can come packed, and the checksum of a list be of the packed bytes or of the unpacked ones. This digests the form
 * that is not kept.
 */
class OtherForm {
  readonly #url: string;
  readonly #expected: Expected;
  readonly #digests: Digests;
  readonly #decoding: Decoding | undefined;
  #unpacked = 0;

  /** @param codings to undo for this form. */
  constructor(url: string, expected: Expected, codings: readonly Coding[]) {
    this.#url = url;
    this.#expected = expected;
    this.#digests = new Digests(expected);
    if (codings.length > 0) this.#decoding = new Decoding(codings, url, (chunk) => this.#take(chunk));
  }

  /** @returns how long to pause sending, in milliseconds. */
  write(chunk: Buffer): number {
    try {
      if (this.#decoding) return this.#decoding.write(chunk);
    } catch {
      // It cannot be unpacked: `matches` tells.
      return 0;
    }
    this.#digests.update(chunk);
    return 0;
  }

  /** Whether the checksum is of this form. */
  async matches(): Promise<boolean> {
    try {
      await this.#decoding?.end();
      verify(this.#url, this.#expected, this.#digests.digest());
      return true;
    } catch {
      return false;
    }
  }

  destroy(): void {
    this.#decoding?.destroy();
  }

  #take(chunk: Buffer): void {
    this.#unpacked += chunk.length;
    if (this.#unpacked > maxUnpackedBytes) throw new Error('too much');
    this.#digests.update(chunk);
  }
}
