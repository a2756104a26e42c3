import { UsageError } from '../../../shared/failure.ts';

/** A part of an object storage: a bucket, and what its keys begin with. */
export interface S3Address {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

const scheme = 's3://';

export function isS3Address(text: string): boolean {
  return text.startsWith(scheme);
}

/** @throws UsageError if there is no bucket in it. */
export function s3Address(text: string): S3Address {
  const { bucket, key } = s3Object(text);
  const prefix = key.replace(/\/+$/, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

/** The address of one object, whose key is taken as it is. @throws UsageError if there is no bucket in it. */
export function s3Object(text: string): { readonly bucket: string; readonly key: string } {
  const [bucket = '', ...key] = text.slice(scheme.length).split('/');
  // What S3 allows, and the names that servers of others have beside.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket)) {
    throw new UsageError(`Expected s3://bucket/prefix, got ${JSON.stringify(text)}.`);
  }
  return { bucket, key: key.join('/') };
}

export function s3Url({ bucket, prefix }: S3Address, key = ''): string {
  return `${scheme}${bucket}/${prefix}${key}`;
}
