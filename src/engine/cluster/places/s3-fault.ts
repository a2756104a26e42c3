import { ItemError } from '../../../shared/failure.ts';

interface ToldByS3 {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** An error of the library as one of ours, with what it is about. */
export function s3Fault(error: unknown, what: string): ItemError {
  if (error instanceof ItemError) return error;
  return new ItemError('STORAGE_FAILED', `${what}: ${reasonOf(error)}`, { cause: error });
}

/** Whether the server says that there is no such object. */
export function isNoSuchKey(error: unknown): boolean {
  const { name } = told(error);
  return name === 'NoSuchKey' || name === 'NotFound';
}

/** Whether the server says that the condition of a write does not hold. */
export function isTaken(error: unknown): boolean {
  const { name, $metadata } = told(error);
  return (
    name === 'PreconditionFailed' ||
    name === 'ConditionalRequestConflict' ||
    $metadata?.httpStatusCode === 412
  );
}

export function isDenied(error: unknown): boolean {
  return told(error).name === 'AccessDenied';
}

const reasons: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket',
  NoSuchKey: 'there is no such object',
  NotFound: 'there is no such object',
  AccessDenied: 'the server denies access',
  InvalidAccessKeyId: 'the server does not know the access key',
  SignatureDoesNotMatch: 'the server does not accept the secret key',
  ExpiredToken: 'the credentials have expired',
  CredentialsProviderError:
    'there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile',
};

function reasonOf(error: unknown): string {
  const { name = '', message = '', code, $metadata } = told(error);
  if (reasons[name]) return reasons[name];
  if (code === 'ECONNREFUSED') return 'nothing answers at the endpoint';
  const status = $metadata?.httpStatusCode;
  const detail = message.split('\n')[0] || code || name;
  return status === undefined ? detail : `the server answers ${status} (${detail})`;
}

function told(error: unknown): ToldByS3 {
  return typeof error === 'object' && error !== null ? error : {};
}
