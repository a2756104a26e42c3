import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../../../../shared/failure.ts';
import { AttemptError } from '../../protocol/fetch-errors.ts';

const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'HTTP_401',
  403: 'HTTP_403',
  404: 'HTTP_404',
  410: 'HTTP_410',
  429: 'HTTP_429',
};

/** Statuses below 500 with which another attempt may succeed (RFC 9110, RFC 8470, RFC 6585). */
const retryable = new Set([408, 425, 429]);

/** The failure for an answer that is not the file. */
export function failureOfStatus(
  url: string,
  status: number,
  headers: IncomingHttpHeaders = {},
): AttemptError {
  // Not imported: importing node:http reads all of its getters, which loads fetch and WebSocket as well.
  const name = process.getBuiltinModule('node:http').STATUS_CODES[status];
  const code = codes[status] ?? (status >= 500 ? 'HTTP_5XX' : 'HTTP_STATUS');
  return new AttemptError(
    code,
    `${url} answered ${status}${name === undefined ? '' : ` ${name}`}.${loginWanted(status, headers)}`,
    {
      // 501 and 505 mean that the server cannot do it at all.
      retryable: retryable.has(status) || (status >= 500 && status !== 501 && status !== 505),
      afterMs: parseRetryAfter(headers['retry-after']),
      crowded: status === 429 || status === 503,
    },
  );
}

/** Of a way to log in that Shoal does not speak, to be said where a name and a password would not help. */
function loginWanted(status: number, headers: IncomingHttpHeaders): string {
  if (status !== 401) return '';
  const asked = [headers['www-authenticate'] ?? []].flat().join(', ');
  const scheme = /(?:^|[,\s])(digest|ntlm|negotiate)\b/i.exec(asked)?.[1];
  if (scheme === undefined || /(?:^|[,\s])basic\b/i.test(asked)) return '';
  const name = { digest: 'Digest', ntlm: 'NTLM', negotiate: 'Negotiate' }[scheme.toLowerCase()];
  return ` It wants ${name} authentication, which Shoal does not speak: log in with a browser and give its cookies.`;
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function parseRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
