import { EventEmitter } from 'node:events';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { JsonFile } from '../../src/main/storage/json-file.ts';
import { loadUpdater } from '../../src/main/updates/load-updater.ts';
import { Updates, updateMemorySchema } from '../../src/main/updates/updates.ts';
import type { UpdateChoice, UpdateState } from '../../src/shared/updates/update-messages.ts';
import { standInNet } from '../electron-stand-in/net.ts';
import { provideElectron } from '../electron-stand-in/provide-electron.ts';
import { tempFolder, writeFiles } from '../temp-folder.ts';
import { type ReleaseServer, startReleaseServer } from './release-server.ts';

/** What of Electron's app the real electron-updater asks. */
class App extends EventEmitter {
  readonly isPackaged = true;
  userData = '';
  getVersion = () => '0.2.0';
  getName = () => 'shoal';
  getPath = () => this.userData;
  whenReady = async () => {};
  quits = 0;
  quit = () => {
    this.quits += 1;
    this.emit('quit', {}, 0);
  };
}

export const app = new App();
provideElectron({
  app,
  net: standInNet,
  session: { fromPartition: () => ({}) },
  autoUpdater: new EventEmitter(),
});

/** For each test anew. */
export let server: ReleaseServer;
export let folder: string;

/** A program that says which it was, and how it was started. */
export const program = (version: string) =>
  `#!/bin/sh\necho "${version} $APPIMAGE_EXIT_AFTER_INSTALL" > "$(dirname "$0")/started"\n`;

/** An AppImage of version 0.2.0 in a folder of its own, and a server that has no release yet. */
export function giveInstalledCopy(): void {
  beforeEach(async () => {
    server = await startReleaseServer();
    folder = tempFolder();
    app.removeAllListeners();
    app.quits = 0;
    app.userData = join(folder, 'data');
    writeFiles(folder, {
      'Shoal.AppImage': program('0.2.0'),
      'resources/app-update.yml': `provider: generic\nurl: ${server.url}\nupdaterCacheDirName: shoal-updater\n`,
    });
    chmodSync(join(folder, 'Shoal.AppImage'), 0o755);
    Object.assign(process, { resourcesPath: join(folder, 'resources') });
    process.env.APPIMAGE = join(folder, 'Shoal.AppImage');
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
  });
  afterEach(() => server.close());
}

export interface Given {
  choice?: UpdateChoice;
  busy?: boolean;
  now?: number;
}

export function updates({ choice = 'tell', busy = false, now = Date.now() }: Given = {}) {
  const states: UpdateState[] = [];
  const given = { choice, busy, now };
  let shutDowns = 0;
  const memory = new JsonFile(join(app.userData, 'updates.json'), updateMemorySchema, () => ({}));
  const log = { info() {}, warn() {}, error() {} };
  const made = new Updates({
    none: undefined,
    choice: () => given.choice,
    memory,
    load: () => loadUpdater(log),
    isBusy: () => given.busy,
    shutDown: async () => {
      shutDowns += 1;
    },
    quit: app.quit,
    tell: (state) => states.push(state),
    now: () => given.now,
  });
  return { updates: made, states, given, shutDowns: () => shutDowns };
}

export const found = (version: string) => ({ kind: 'found', version, isQuiet: false });
export const ready = (version: string) => ({ kind: 'ready', version, isQuiet: false });
