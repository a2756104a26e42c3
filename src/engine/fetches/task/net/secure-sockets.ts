import { isIP } from 'node:net';
import type { ConnectionOptions, SecureContext, TLSSocket } from 'node:tls';
import { remember } from '../../protocol/remember.ts';

/** Loaded with the first `https:` URL. */
const tls = () => process.getBuiltinModule('node:tls');

/** How many hosts' sessions are remembered. One takes a few kilobytes. */
const maxSessions = 1_000;

/**
 * What the TLS connections of one thread share: one context, and the last session with each host, because a resumed one
 * needs no certificates at all.
 */
export class SecureSockets {
  readonly #ca: string | undefined;
  #context: SecureContext | undefined;
  readonly #sessions = new Map<string, Buffer>();

  /** @param ca further certificate authorities, PEM. */
  constructor(ca: string | undefined) {
    this.#ca = ca;
  }

  get context(): SecureContext {
    this.#context ??= contextWith(this.#ca);
    return this.#context;
  }

  /** @param name the name that the certificate has to be for. */
  connect(options: ConnectionOptions, name: string, protocols: readonly string[]): TLSSocket {
    const key = `${options.host}:${options.port} ${name}`;
    const session = this.#sessions.get(key);
    const socket = tls().connect({
      ...options,
      secureContext: this.context,
      // A name in the sense of TLS (RFC 6066, 3) is no address.
      servername: isIP(name) === 0 ? name : '',
      ALPNProtocols: [...protocols],
      ...(session && { session }),
    });
    socket.on('session', (latest: Buffer) => remember(this.#sessions, key, latest, maxSessions));
    return socket;
  }
}

function contextWith(ca: string | undefined): SecureContext {
  const made = tls().createSecureContext();
  // Added to the roots that the process has read already: given as an option together with all of them, they would be
  // read anew, which takes twenty times as long.
  if (ca !== undefined) made.context.addCACert(ca);
  return made;
}
