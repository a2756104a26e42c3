import { EventEmitter } from 'node:events';
import type { AppUpdater, Logger } from 'electron-updater';

/** electron-updater's names for what it asks a server; what is not used here is left out. */
interface Asked {
  readonly protocol?: string | null;
  readonly hostname?: string | null;
}

interface Executor {
  createRequest(options: Asked, callback: unknown): unknown;
}

/**
 * electron-updater for this system. It is loaded only here: the start of the app does not wait for it.
 *
 * @param log told what it does.
 */
export async function loadUpdater(log: Logger): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  // Not its own choice: that would install packages of a distribution, too, with the rights of an administrator.
  const Updater = { win32: NsisUpdater, darwin: MacUpdater }[process.platform as string] ?? AppImageUpdater;
  const updater: AppUpdater = new Updater();
  updater.logger = log;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  // It tells a server the number by which a staged release chooses its copies. The choice is made here, so nobody needs that.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  askSafely(updater);
  return updater;
}

/**
 * On Linux nothing but the checksum in the feed vouches for a file, so that feed must come by https, through each redirect.
 * Requests to this machine cannot be changed on their way.
 */
function askSafely(updater: AppUpdater): void {
  // The one place where each request passes, redirects and parts of files included; it has no public door.
  const executor = Reflect.get(updater, 'httpExecutor') as Executor;
  const create = executor.createRequest.bind(executor);
  executor.createRequest = (options, callback) => {
    const { protocol, hostname } = options;
    const isSafe = protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
    return isSafe ? create(options, callback) : new RefusedRequest(`${protocol}//${hostname}`);
  };
}

/** Not thrown: a redirect is answered where nobody would catch it. */
class RefusedRequest extends EventEmitter {
  readonly #address: string;

  constructor(address: string) {
    super();
    this.#address = address;
  }
  end(): void {
    const error = new Error(`Expected an https address, got ${this.#address}`);
    setImmediate(() => this.emit('error', Object.assign(error, { code: 'NOT_SAFE' })));
  }
  abort(): void {}
}
