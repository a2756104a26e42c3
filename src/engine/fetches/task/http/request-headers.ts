import type { WorkerSettings } from '../../protocol/protocol.ts';

/** Headers of the person's own that say nothing about who asks: only these follow a redirect to elsewhere. */
const harmless = new Set(['accept', 'accept-language', 'user-agent', 'referer']);

type Further = readonly (readonly [name: string, value: string | undefined])[];

/**
 * The headers of a run's requests, as the transports take them: names and values in turn. Where nothing sets a request
 * apart it has the same array as the others, so that its text need be made only once.
 */
export class RequestHeaders {
  readonly #settings: WorkerSettings;
  readonly #usual: Partial<Record<'own' | 'foreign', readonly string[]>> = {};

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
  }

  /** @param sameOrigin whether the URL is of the origin that the list named: credentials go nowhere else. */
  of(sameOrigin: boolean, further: Further): readonly string[] {
    if (further.some(([, value]) => value !== undefined))
      return headersOf(this.#settings, sameOrigin, further);
    const origin = sameOrigin ? 'own' : 'foreign';
    this.#usual[origin] ??= headersOf(this.#settings, sameOrigin, []);
    return this.#usual[origin];
  }
}

function headersOf(settings: WorkerSettings, sameOrigin: boolean, further: Further): string[] {
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
