import type { FetchSettings } from './protocol.ts';

/** Headers of the person's own that say nothing about who asks: only these follow a redirect to elsewhere. */
const harmless = new Set(['accept', 'accept-language', 'user-agent', 'referer']);

/**
 * The request's headers, as the transports take them: names and values in turn.
 * @param sameOrigin whether the URL is of the origin that the list named: credentials go nowhere else.
 */
export function requestHeaders(
  settings: FetchSettings,
  sameOrigin: boolean,
  further: readonly (readonly [name: string, value: string | undefined])[],
): string[] {
  const headers = new Map<string, string>([
    ['user-agent', settings.userAgent],
    ['accept', '*/*'],
    // Files are wanted as they are: their length can be checked, and an interrupted one continued.
    ['accept-encoding', 'identity'],
  ]);
  for (const [name, value] of further) if (value !== undefined) headers.set(name, value);
  for (const [name, value] of Object.entries(settings.headers)) {
    const key = name.toLowerCase();
    if (sameOrigin || harmless.has(key)) headers.set(key, value);
  }
  return [...headers].flat();
}

/** RFC 7617. */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
