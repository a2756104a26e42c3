import { toApp } from './address.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];

/** A page's request, as DevTools tells it. */
interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

export class StandInProtocol
  implements Pick<Electron.Protocol, 'handle' | 'unhandle' | 'registerSchemesAsPrivileged'>
{
  private readonly handlers = new Map<string, Handler>();

  /** Nothing to do: the page's origin is made secure when Chromium starts. */
  registerSchemesAsPrivileged(_schemes: Electron.CustomScheme[]): void {}

  handle(scheme: string, handler: Handler): void {
    if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler already.`);
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.handlers.delete(scheme);
  }

  /** The app's own answer to a page's request. Undefined where the app handles no such scheme. */
  async answer({ url, method, headers }: Asked): Promise<Response | undefined> {
    const address = toApp(url);
    const handler = this.handlers.get(new URL(address).protocol.slice(0, -1));
    return handler?.(new Request(address, { method, headers }));
  }
}
