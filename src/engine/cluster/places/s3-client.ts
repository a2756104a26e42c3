import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';

/** The library, which is loaded only for a place in an object storage: it takes longer than a small run. */
export type S3Library = typeof import('@aws-sdk/client-s3');

/** How often a request is tried that fails for what may pass. */
const maxAttempts = 5;
const connectedWithinMs = 10_000;
/** So long a request may pass without a byte in either direction, in milliseconds: then it is tried again. */
const usualIdleMs = 30_000;

export interface S3Patience {
  readonly idleMs?: number;
}

export async function s3Client({
  idleMs = usualIdleMs,
}: S3Patience = {}): Promise<{ readonly library: S3Library; readonly client: S3Client }> {
  const library = await import('@aws-sdk/client-s3');
  return { library, client: new library.S3Client(settings(idleMs)) };
}

/** Credentials, regions and endpoints are found as the library finds them: in the environment, in files, from the machine. */
function settings(idleMs: number): S3ClientConfig {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const isOther = AWS_ENDPOINT_URL_S3 !== undefined || AWS_ENDPOINT_URL !== undefined;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? (isOther ? 'us-east-1' : undefined);
  return {
    maxAttempts,
    // By itself the library waits for ever.
    requestHandler: { connectionTimeout: connectedWithinMs, socketTimeout: idleMs },
    // Servers of others have one name for all buckets, and may not know the checksums that Amazon's asks for of late.
    forcePathStyle: isOther,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(region !== undefined && { region }),
  };
}
