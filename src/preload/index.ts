import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { WindowApi } from '../shared/ipc/contract.ts';
import { eventNames, pageRequestNames } from '../shared/ipc/names.ts';

const mayAsk: ReadonlySet<string> = new Set(pageRequestNames);
const mayHear: ReadonlySet<string> = new Set(eventNames);

/** The page's only access to main. Names are checked here, payloads and sender in main. */
const api: WindowApi = {
  request(name, request) {
    if (!mayAsk.has(name)) throw new Error(`There is no request ${String(name)}.`);
    return ipcRenderer.invoke(name, request);
  },
  // The page can only get File objects from a person's action, and it never sees their paths.
  registerFiles(files) {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    // The files were made by a script, or are a picture from a browser: there is no file to register.
    if (paths.length === 0) return Promise.resolve({ ok: true, value: { inputs: [], refused: [] } });
    return ipcRenderer.invoke('inputs:register', { paths });
  },
  on(name, listener) {
    if (!mayHear.has(name)) throw new Error(`There is no event ${String(name)}.`);
    // Electron's event object would give the page access to the sender: only the payload is passed on.
    const pass = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
    ipcRenderer.on(name, pass);
    return () => {
      ipcRenderer.off(name, pass);
    };
  },
};

contextBridge.exposeInMainWorld('api', api);
