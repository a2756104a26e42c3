import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { JsonFile } from '../storage/json-file.ts';
import { minimum, type Place, placeToOpen } from './window-place.ts';

/** Elsewhere it is in the program. On Linux a desktop has it by the desktop file, which an AppImage may lack. */
const icon = join(import.meta.dirname, '../../resources/icons/256x256.png');

/** The page runs in a sandboxed process without Node, and reaches main only through the preload's `window.api`. */
const confined = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
};

interface WindowOptions {
  readonly address: string;
  readonly preload: string;
  readonly place: JsonFile<Place>;
}

export function openWindow({ address, preload, place }: WindowOptions): BrowserWindow {
  const remembered = place.read();
  const window = new BrowserWindow({
    ...placeToOpen(
      remembered,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: minimum.width,
    minHeight: minimum.height,
    title: 'Shoal',
    ...(process.platform === 'linux' && { icon }),
    // Shown when the first frame is drawn; until then a slow start would show an empty window.
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#15191d' : '#ffffff',
    webPreferences: { ...confined, preload },
  });
  if (remembered.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  // Saved on close and not on every move: one write, and none while a person drags.
  window.on('close', () => {
    place.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  // A window that is closed while it loads is no error.
  window.loadURL(address).catch((error: unknown) => {
    if (!window.isDestroyed()) throw error;
  });
  return window;
}
