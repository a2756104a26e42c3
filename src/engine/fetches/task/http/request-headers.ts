import { HostRules } from '../../protocol/host-rules.ts';
import type { WorkerSettings } from '../../protocol/protocol.ts';

/** A person's own headers that reveal nothing about them: only these are sent to the target of a redirect elsewhere. */
const harmless = new Set(['accept', 'accept-language', 'user-agent', 'referer']);

type Further = readonly (readonly [name: string, value: string | undefined])[];

/**
 * The headers of a run's requests as the transports take them: names and values in turn. Requests without special
 * headers share one array, so that its text has to be made only once.
 */
export class RequestHeaders {
  readonly #settings: WorkerSettings;
  readonly #hosts: HostRules;
  readonly #usual: Partial<Record<'own' | 'foreign', readonly string[]>> = {};

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#hosts = new HostRules(settings.hosts);
  }

  /**
   * @param host with its port. Its own headers go to no other.
   * @param sameOrigin whether the URL has the origin that the list named: credentials are sent nowhere else.
   */
  of(host: string, sameOrigin: boolean, further: Further): readonly string[] {
    const { headers } = this.#hosts.for(host);
    if (headers) return headersOf(this.#settings, sameOrigin, further, headers);
    if (further.some(([, value]) => value !== undefined))
      return headersOf(this.#settings, sameOrigin, further);
    const origin = sameOrigin ? 'own' : 'foreign';
    this.#usual[origin] ??= headersOf(this.#settings, sameOrigin, []);
    return this.#usual[origin];
  }
}

function headersOf(
  settings: WorkerSettings,
  sameOrigin: boolean,
  further: Further,
  ofHost: Readonly<Record<string, string>> = {},
): string[] {
  const headers = new Map<string, string>([
    ['user-agent', settings.userAgent],
    ['accept', '*/*'],
    // Files are wanted without encoding: their length can be checked, and an interrupted download can be continued.
    ['accept-encoding', 'identity'],
  ]);
  for (const [name, value] of further) if (value !== undefined) headers.set(name, value);
  for (const [name, value] of Object.entries(settings.headers)) {
    const key = name.toLowerCase();
    if (sameOrigin || harmless.has(key)) headers.set(key, value);
  }
  for (const [name, value] of Object.entries(ofHost)) headers.set(name.toLowerCase(), value);
  return [...headers].flat();
}
