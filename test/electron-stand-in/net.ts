import { EventEmitter } from 'node:events';
import { request as askHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as askHttps } from 'node:https';

/** What of Electron's request an updater uses. */
interface RequestOptions {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: string | number;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request of main, by Node instead of Chromium's network: a redirect is told and not followed. */
class StandInRequest extends EventEmitter {
  private readonly request: ClientRequest;

  constructor({ protocol, hostname, port, path, method, headers }: RequestOptions) {
    super();
    const ask = protocol === 'http:' ? askHttp : askHttps;
    this.request = ask({ hostname, port, path, method, headers });
    this.request.on('response', (response) => this.answered(response));
    this.request.on('error', (error) => this.emit('error', error));
  }
  end(): this {
    this.request.end();
    return this;
  }
  abort(): void {
    this.request.destroy();
    this.emit('abort');
  }

  private answered(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    const { location } = headers;
    if (statusCode < 300 || statusCode >= 400 || location === undefined) {
      this.emit('response', response);
      return;
    }
    response.resume();
    const { protocol, host, path } = this.request;
    const to = new URL(location, `${protocol}//${host}${path}`).href;
    this.emit('redirect', statusCode, this.request.method, to, headers);
  }
}

export const standInNet = {
  request: (options: RequestOptions): StandInRequest => new StandInRequest(options),
};
