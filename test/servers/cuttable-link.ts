import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server on this machine that can be cut: nothing is refused then and nothing ends, it is only silent. */
export class CuttableLink {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => this.#join(near));
  readonly #port: number;
  #isCut = false;

  private constructor(port: number) {
    this.#port = port;
  }

  static async to({ port }: { readonly port: number }): Promise<CuttableLink> {
    const link = new CuttableLink(port);
    await new Promise<void>((resolve) => link.#server.listen(0, '0.0.0.0', resolve));
    onTestFinished(() => {
      for (const socket of link.#sockets) socket.destroy();
      link.#server.close();
    });
    return link;
  }

  get url(): string {
    return this.urlAt('127.0.0.1');
  }

  urlAt(address: string): string {
    return `redis://${address}:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  mend(): void {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.resume();
  }

  #join(near: Socket): void {
    const far = connect(this.#port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (data) => to.write(data));
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#isCut) from.pause();
    }
  }
}
