import { type ErrorCode, errorCodeGroups } from './error-codes.ts';

/**
 * Causes that may have passed by the next try although nobody did anything: the network, a server that was busy, a
 * machine that was full. Of all others a person has to mend something first.
 */
export const passingCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DNS_FAILED',
  'CONNECT_REFUSED',
  'CONNECT_TIMEOUT',
  'CONNECT_FAILED',
  'CONNECTION_LOST',
  'PROXY_FAILED',
  'HEADERS_TIMEOUT',
  'BAD_RESPONSE',
  'HTTP_429',
  'HTTP_429_AFTER_RETRIES',
  'HTTP_5XX',
  'HTTP_5XX_AFTER_RETRIES',
  'BODY_TIMEOUT',
  'TOO_SLOW',
  'TRUNCATED',
  'TASK_TIMEOUT',
  'WORKER_DIED',
  'BUCKET_FAILED',
  'OUT_OF_MEMORY',
  'TOO_MANY_OPEN_FILES',
]);

/** Whether the same item can come to a better end at all: a line that is no URL is another item once it is mended. */
export function canBeMended(code: ErrorCode): boolean {
  return !Object.hasOwn(errorCodeGroups['URLs and lists'], code);
}
