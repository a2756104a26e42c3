import { AttemptError } from '../../protocol/fetch-errors.ts';

const printable = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** These belong to the connection, which is the transport's. */
const ofConnection = new Set(['connection', 'http2-settings', 'proxy-connection']);

export interface SendableHeaders {
  /** Set if a person names another host than the URL's. */
  readonly host: string | undefined;
  readonly others: readonly (readonly [name: string, value: string])[];
}

/** @throws AttemptError for a header that contains a line end or cannot be sent. */
export function sendable(url: URL, headers: readonly string[]): SendableHeaders {
  let host: string | undefined;
  const others: [string, string][] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = '', value = ''] = [headers[at], headers[at + 1]];
    if (!token.test(name) || !printable.test(value)) {
      throw new AttemptError(
        'FETCH_FAILED',
        `${url.href}: the header ${JSON.stringify(name)} cannot be sent.`,
      );
    }
    if (name === 'host') host = value;
    else if (!ofConnection.has(name)) others.push([name, value]);
  }
  return { host, others };
}
