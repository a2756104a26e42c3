import type { Route } from 'playwright-core';
import { toApp } from './address.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];

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

  /** Answers a page's request by the app's own handler. False where the app handles no such scheme. */
  async answer(route: Route): Promise<boolean> {
    const address = toApp(route.request().url());
    const handler = this.handlers.get(new URL(address).protocol.slice(0, -1));
    if (handler === undefined) return false;
    const asked = route.request();
    const response = await handler(
      new Request(address, { method: asked.method(), headers: asked.headers() }),
    );
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
    return true;
  }
}
