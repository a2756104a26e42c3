import { ItemError } from '../../../../shared/failure.ts';
import { LibheifError } from './libheif.ts';

/** `heif_error_code`, those that are not simply damage. */
const unsupported: ReadonlySet<number> = new Set([3, 4]);
const memory = 6;
/** `heif_suberror_code`: with it, memory is short; with others, libheif refuses what the file asks for. */
const unspecified = 0;

/** What pictures are compressed by that libheif-js cannot decode, by the type of the item (ISO/IEC 23008-12). */
const otherCodings: Readonly<Record<string, string>> = {
  av01: 'AV1',
  avc1: 'AVC',
  evc1: 'EVC',
  j2k1: 'JPEG 2000',
  jpeg: 'JPEG',
  mski: 'a mask',
  unci: 'no compression',
  vvc1: 'VVC',
};

/** @throws ItemError `UNSUPPORTED_IMAGE` if items of the type are coded in a way that cannot be read. */
export function assertReadable(type: string, name: string): void {
  const coding = otherCodings[type];
  if (coding === undefined) return;
  throw new ItemError(
    'UNSUPPORTED_IMAGE',
    `${name} is a HEIF image with ${coding} inside, which Shoal cannot read (HEVC it can).`,
  );
}

/** Why libheif refused a picture, in our codes. */
export function failureOfHeic(error: unknown, name: string): unknown {
  if (error instanceof ItemError) return error;
  if (lacksMemory(error)) return outOfMemory(error);
  if (!(error instanceof LibheifError)) return isOfLibheif(error) ? damaged(error, name) : error;
  if (!unsupported.has(error.code)) return damaged(error, name);
  return new ItemError(
    'UNSUPPORTED_IMAGE',
    `${name} is a HEIC image of a kind that Shoal cannot read (${reasonOf(error)}).`,
    { cause: error },
  );
}

/** What WebAssembly throws where libheif is led astray: a trap, or a C++ exception, which is no `Error` of JavaScript. */
function isOfLibheif(error: unknown): boolean {
  return !(error instanceof Error) || error.name === 'RuntimeError' || error.name === 'CppException';
}

function damaged(error: unknown, name: string): ItemError {
  return new ItemError('CORRUPT_IMAGE', `${name} is damaged: its HEIC data cannot be decoded.`, {
    cause: error,
  });
}

/** In words that say the same to whoever asks what was wrong; see machine-fault.ts. */
function outOfMemory(cause: unknown): Error {
  return new Error('libheif: out of memory', { cause });
}

function lacksMemory(error: unknown): boolean {
  if (error instanceof LibheifError) return error.code === memory && error.detail === unspecified;
  const said = error instanceof Error ? error.message : '';
  return error instanceof RangeError || /out of memory|failed to allocate|\bOOM\b/i.test(said);
}

function reasonOf(error: LibheifError): string {
  return error.message.replace(/[.\s]+$/, '');
}
