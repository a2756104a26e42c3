import type { Head } from '../protocol/exchange.ts';

/** Identifies the version of the file that bytes belong to. */
export interface Version {
  readonly etag?: string;
  readonly lastModified?: string;
  /** The length of the whole file in bytes, if the server gave it. */
  readonly length?: number;
}

/** What an answer says of the file's version. @param length of the whole file, if the answer tells. */
export function versionOf({ headers }: Head, length: number | undefined): Version {
  const { etag, 'last-modified': lastModified } = headers;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(length !== undefined && { length }),
  };
}

/** The version, if a later request can ask for the rest of it (RFC 9110, 13.1.5). */
export function resumableVersionOf(head: Head, version: Version): Version | undefined {
  if (head.headers['accept-ranges'] === 'none') return undefined;
  return ifRangeOf(version) === undefined ? undefined : version;
}

/** The validator for `If-Range`: a weak entity tag is none. */
export function ifRangeOf({ etag, lastModified }: Version): string | undefined {
  return etag !== undefined && !isWeak(etag) ? etag : lastModified;
}

/** Whether nothing that an answer says, its total included, speaks against its being of the version. */
export function agreesWith(version: Version, { headers }: Head, whole: number | undefined): boolean {
  const { etag, lastModified, length } = version;
  if (length !== undefined && whole !== undefined && whole !== length) return false;
  const { etag: told, 'last-modified': modified } = headers;
  if (etag !== undefined && told !== undefined) {
    if (opaque(etag) !== opaque(told)) return false;
    // A strong tag speaks for every byte; a weak one is as good as the date beside it.
    if (!isWeak(etag) && !isWeak(told)) return true;
  }
  return lastModified === undefined || modified === undefined || modified === lastModified;
}

/** The length of the whole file, if an answer without one is of a version whose length is known. */
export function knownLengthOf(version: Version | undefined, { headers }: Head): number | undefined {
  const isSame = version?.etag !== undefined && !isWeak(version.etag) && version.etag === headers.etag;
  return isSame ? version.length : undefined;
}

function isWeak(etag: string): boolean {
  return etag.startsWith('W/');
}

function opaque(etag: string): string {
  return isWeak(etag) ? etag.slice(2) : etag;
}
