import { StandInBrowserWindow } from './browser-window.ts';
import { standInNet } from './net.ts';
import type { StandIn } from './stand-in.ts';
import { systemParts } from './system.ts';
import { throwByName } from './throw-by-name.ts';

/** What `require('electron')` gives a main bundle that runs on the stand-in. */
export function electronModule(standIn: StandIn): Record<string, object> {
  // `new BrowserWindow(options)` must come to have this stand-in behind it.
  class BrowserWindow extends StandInBrowserWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      super(standIn, options);
    }
  }
  const parts: Record<string, object> = {
    app: standIn.app,
    ipcMain: standIn.ipcMain,
    protocol: standIn.protocol,
    session: throwByName('session', {
      defaultSession: throwByName('session.defaultSession', standIn.session),
      // Only `net` is given one, which has nothing of the browser's here.
      fromPartition: (partition: string) => ({ partition }),
    }),
    net: standInNet,
    BrowserWindow,
    ...systemParts(standIn),
  };
  for (const [name, part] of Object.entries(parts)) parts[name] = throwByName(name, part);
  return throwByName('electron', parts);
}
