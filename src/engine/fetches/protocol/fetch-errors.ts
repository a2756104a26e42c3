import { type ErrorCode, ItemError } from '../../../shared/failure.ts';
import { machineFault } from '../../files/machine-fault.ts';

/** A failed attempt, with what decides whether another attempt makes sense. */
export class AttemptError extends ItemError {
  readonly retryable: boolean;
  readonly afterMs: number | undefined;
  readonly crowded: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryable?: boolean; afterMs?: number | undefined; crowded?: boolean } = {},
  ) {
    super(code, message, options);
    this.retryable = options.retryable ?? false;
    this.afterMs = options.afterMs;
    this.crowded = options.crowded ?? false;
  }
}

const timeouts = {
  connect: ['CONNECT_TIMEOUT', 'it did not answer in time'],
  headers: ['HEADERS_TIMEOUT', 'connected, but no answer came in time'],
  body: ['BODY_TIMEOUT', 'the body stopped coming'],
} as const;

type Known = readonly [code: ErrorCode, sentence: string, retryable: boolean];

/** Error codes of Node, OpenSSL and undici, with our code and a reason in words that a person understands. */
const known: Readonly<Record<string, Known>> = {
  ENOTFOUND: ['DNS_NOT_FOUND', 'no such host name', false],
  ENODATA: ['DNS_NOT_FOUND', 'the host name has no address', false],
  EAI_AGAIN: ['DNS_FAILED', 'the host name could not be looked up just now', true],
  ESERVFAIL: ['DNS_FAILED', 'the name server failed', true],
  ETIMEOUT: ['DNS_FAILED', 'the name server did not answer', true],
  EREFUSED: ['DNS_FAILED', 'the name server refused to answer', true],
  ECONNREFUSED: ['CONNECT_REFUSED', 'nothing listens there', true],
  ECONNRESET: ['CONNECTION_LOST', 'the server closed the connection', true],
  EPIPE: ['CONNECTION_LOST', 'the server closed the connection', true],
  UND_ERR_SOCKET: ['CONNECTION_LOST', 'the server closed the connection', true],
  ERR_HTTP2_STREAM_ERROR: ['CONNECTION_LOST', 'the server ended the stream', true],
  ERR_HTTP2_SESSION_ERROR: ['CONNECTION_LOST', 'the server ended the session', true],
  ERR_HTTP2_GOAWAY_SESSION: ['CONNECTION_LOST', 'the server ended the session', true],
  UND_ERR_INFO: ['CONNECTION_LOST', 'the connection ended', true],
  HPE_INVALID_EOF_STATE: ['CONNECTION_LOST', 'the server closed the connection', true],
  EHOSTUNREACH: ['CONNECT_FAILED', 'the host cannot be reached', true],
  ENETUNREACH: ['CONNECT_FAILED', 'the network cannot be reached', true],
  EADDRNOTAVAIL: ['CONNECT_FAILED', 'no local address is free', true],
  EACCES: ['CONNECT_FAILED', 'the system does not allow the connection', false],
  EMFILE: ['TOO_MANY_OPEN_FILES', 'too many files and connections are open', true],
  ENFILE: ['TOO_MANY_OPEN_FILES', 'too many files and connections are open', true],
  ETIMEDOUT: [...timeouts.connect, true],
  UND_ERR_CONNECT_TIMEOUT: [...timeouts.connect, true],
  UND_ERR_HEADERS_TIMEOUT: [...timeouts.headers, true],
  UND_ERR_BODY_TIMEOUT: [...timeouts.body, true],
  UND_ERR_HEADERS_OVERFLOW: ['BAD_RESPONSE', 'its headers are larger than 256 KiB', false],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['TRUNCATED', 'fewer bytes came than announced', true],
  // Aborts of our own have an error of their own; this code is left for a proxy that refuses a tunnel.
  UND_ERR_ABORTED: ['PROXY_FAILED', 'the proxy refused the connection', true],
  UND_ERR_PRX_TLS: ['PROXY_FAILED', 'the connection to the proxy is not secure', false],
  UND_ERR_PRX_CONN: ['PROXY_FAILED', 'the proxy refused the connection', true],
  CERT_HAS_EXPIRED: ['TLS_EXPIRED', 'its certificate has expired', false],
  CERT_NOT_YET_VALID: ['TLS_EXPIRED', 'its certificate is not valid yet', false],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['TLS_UNTRUSTED', 'its certificate is signed by itself', false],
  SELF_SIGNED_CERT_IN_CHAIN: ['TLS_UNTRUSTED', 'its certificate is signed by an unknown authority', false],
  UNABLE_TO_GET_ISSUER_CERT: ['TLS_UNTRUSTED', 'its certificate is signed by an unknown authority', false],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'TLS_UNTRUSTED',
    'its certificate is signed by an unknown authority',
    false,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'TLS_UNTRUSTED',
    'its certificate is signed by an unknown authority',
    false,
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ['TLS_WRONG_NAME', 'its certificate is for another name', false],
};

/**
 * Converts an error of a request to a code and a sentence about the URL.
 * @param headSeen whether the answer had begun: then a lost connection means a truncated body.
 */
export function toAttemptError(cause: unknown, url: string, headSeen: boolean): AttemptError {
  if (cause instanceof AttemptError) return cause;
  if (cause instanceof ItemError) return new AttemptError(cause.code, cause.message, { cause });
  const error = innermost(cause);
  // undici gives this error of its parser no code.
  const code = error.message.includes('Invalid EOF state') ? 'HPE_INVALID_EOF_STATE' : (error.code ?? '');
  const found = known[code];
  if (found) {
    const [ownCode, sentence, retryable] = found;
    if (ownCode === 'CONNECTION_LOST' && headSeen) {
      return new AttemptError('TRUNCATED', `${url}: the connection was cut in the middle of the body.`, {
        cause,
        retryable,
      });
    }
    return new AttemptError(ownCode, `${url}: ${sentence}.`, { cause, retryable });
  }
  const reason = error.message || String(cause);
  if (code.startsWith('HPE_') || error.name === 'HTTPParserError') {
    return new AttemptError('BAD_RESPONSE', `${url} did not answer in HTTP: ${reason}`, { cause });
  }
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    // OpenSSL's message contains file names and line numbers; Node extracts the reason.
    const said = (error as { reason?: string }).reason ?? (error.message.includes('\n') ? code : reason);
    return new AttemptError('TLS_ERROR', `${url}: no secure connection could be made: ${said}.`, { cause });
  }
  const fault = machineFault(error, url);
  if (fault) return new AttemptError(fault.code, fault.message, { cause });
  return new AttemptError('FETCH_FAILED', `${url}: ${reason}`, { cause });
}

/** The error for a phase of an exchange that took too long. */
export function timedOut(phase: keyof typeof timeouts, url: string): AttemptError {
  const [code, sentence] = timeouts[phase];
  return new AttemptError(code, `${url}: ${sentence}.`, { retryable: true });
}

/** If several addresses were tried, Node throws an AggregateError: the first attempt's error is the most useful. */
function innermost(cause: unknown): NodeJS.ErrnoException {
  if (cause instanceof AggregateError && cause.errors.length > 0) return innermost(cause.errors[0]);
  if (cause instanceof Error) return cause;
  return new Error(String(cause));
}
