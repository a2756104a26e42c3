// First, and before anything uses a thread.
import './thread-pool.ts';

import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, session } from 'electron';
import { settingsSchema } from '../shared/ipc/settings.ts';
import { InputRegistry } from './inputs/input-registry.ts';
import { OpenedInputs, pathsOf } from './inputs/opened-inputs.ts';
import { OutputRegistry } from './inputs/output-registry.ts';
import { appHandlers } from './ipc/app-handlers.ts';
import { dialogHandlers } from './ipc/dialog-handlers.ts';
import { openGate, tell } from './ipc/gate.ts';
import { allHandlers } from './ipc/handlers.ts';
import { inputHandlers } from './ipc/input-handlers.ts';
import { runHandlers } from './ipc/run-handlers.ts';
import { JsonFile } from './json-file.ts';
import { answerSchemes, appOrigin, declareSchemes } from './protocol.ts';
import { quitAfter } from './quit.ts';
import { confinePages, denyPermissions } from './security.ts';
import { ThumbRegistry } from './thumb-registry.ts';
import { openWindow } from './window.ts';
import { placeSchema } from './window-place.ts';

// Tests and demos keep their own memory; must come before anything asks where that is.
const ownUserData = process.env.SHOAL_USER_DATA;
if (ownUserData !== undefined) app.setPath('userData', ownUserData);

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  const place = new JsonFile(join(app.getPath('userData'), 'window.json'), placeSchema, () =>
    placeSchema.parse({}),
  );
  const settings = new JsonFile(join(app.getPath('userData'), 'settings.json'), settingsSchema, () =>
    settingsSchema.parse({}),
  );
  const inputs = new InputRegistry();
  const outputs = new OutputRegistry();
  const thumbs = new ThumbRegistry();
  let window: BrowserWindow | undefined;

  const opened = new OpenedInputs(inputs, (registration) => {
    if (window) tell(window.webContents, 'inputs:opened', registration);
  });

  function show(): void {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    if (!app.isReady()) return;
    window = openWindow({
      address: `${appOrigin}/index.html`,
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      place,
    });
    window.on('closed', () => {
      window = undefined;
      opened.pageGone();
    });
  }

  declareSchemes();
  confinePages();
  // macOS may send this before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void opened.open([path]);
    show();
  });
  app.on('second-instance', (_event, argv, cwd) => {
    void opened.open(pathsOf(argv, app.isPackaged, cwd));
    show();
  });
  app.on('activate', show);
  // On macOS an app stays in the dock without a window; elsewhere its last window is the app.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // The pool of a run is closed here before the process may end.
  quitAfter(app, async () => {});

  void app.whenReady().then(() => {
    denyPermissions(session.defaultSession);
    answerSchemes(join(import.meta.dirname, '../renderer'), thumbs);
    openGate({
      origin: appOrigin,
      isOurWindow: (sender) => window !== undefined && sender === window.webContents,
      handlers: allHandlers(
        appHandlers(app.getVersion(), settings),
        dialogHandlers(() => window, inputs, outputs),
        inputHandlers(inputs, () => opened.take()),
        runHandlers(),
      ),
    });
    nativeTheme.on('updated', () => {
      if (window) tell(window.webContents, 'theme', { dark: nativeTheme.shouldUseDarkColors });
    });
    void opened.open(pathsOf(process.argv, app.isPackaged, process.cwd()));
    show();
  });
}
