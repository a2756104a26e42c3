// Must be the first import: it has to run before anything uses a thread.
import './app/thread-pool.ts';

import { join } from 'node:path';
import { app, type BrowserWindow, dialog, nativeTheme, session } from 'electron';
import { Engine } from '../engine/index.ts';
import workerFile from '../engine/worker.ts?modulePath';
import type { EventOf } from '../shared/ipc/contract.ts';
import type { EventName } from '../shared/ipc/names.ts';
import { settingsSchema } from '../shared/ipc/settings.ts';
import { askBeforeClose } from './app/close-question.ts';
import { Desktop } from './app/desktop.ts';
import { devPage, letPageReload } from './app/dev-page.ts';
import { startDiagnostics } from './app/diagnostics.ts';
import { showAbout, showDocumentation } from './app/help.ts';
import { setMenu } from './app/menu.ts';
import { quitAfter } from './app/quit.ts';
import { confinePages, denyPermissions } from './app/security.ts';
import { poolCeiling } from './app/thread-pool.ts';
import { answerSchemes, appOrigin, declareSchemes } from './app/url-schemes.ts';
import { openWindow } from './app/window.ts';
import { placeSchema } from './app/window-place.ts';
import { ThumbRegistry } from './images/thumb-registry.ts';
import { FileRegistry } from './inputs/file-registry.ts';
import { InputRegistry } from './inputs/input-registry.ts';
import { OpenedInputs, pathsOf } from './inputs/opened-inputs.ts';
import { OutputRegistry } from './inputs/output-registry.ts';
import { appHandlers } from './ipc/app-handlers.ts';
import { askForPaths, dialogHandlers, inputDialogs } from './ipc/dialog-handlers.ts';
import { openGate, tell } from './ipc/gate.ts';
import { allHandlers } from './ipc/handlers.ts';
import { inputHandlers } from './ipc/input-handlers.ts';
import { itemHandlers } from './ipc/item-handlers.ts';
import { jobHandlers } from './ipc/job-handlers.ts';
import { resultHandlers } from './ipc/result-handlers.ts';
import { runHandlers } from './ipc/run-handlers.ts';
import { sampleHandlers } from './ipc/sample-handlers.ts';
import { LatestPreview } from './jobs/latest-preview.ts';
import { RunRegistry } from './runs/run-registry.ts';
import { TuneRun } from './runs/tune-run.ts';
import { LatestSamples } from './samples/latest-samples.ts';
import { JsonFile } from './storage/json-file.ts';
import { PastedLists } from './storage/pasted-lists.ts';
import { RecentRuns, removeFormerRecentRuns } from './storage/recent-runs.ts';

/**
 * The niceness of worker threads, so that the page and main still respond while the pool keeps every core busy. Half of
 * Linux's range: the pool still gets all the time that no other process uses.
 */
const workersNice = 10;

/** The origin of the page, and the only one that may call into main. */
const pageOrigin = devPage ?? appOrigin;

// Tests and demos keep their own data. This must be set before anything asks for the folder.
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
  const files = new FileRegistry();
  const thumbs = new ThumbRegistry();
  const texts = new PastedLists(join(app.getPath('userData'), 'lists'));
  const recent = new RecentRuns(texts);
  const engine = new Engine({
    workerFile,
    wasmSharp: process.platform === 'linux',
    nice: workersNice,
    keepThreads: poolCeiling,
  });
  const diagnostics = startDiagnostics();
  let window: BrowserWindow | undefined;

  function toPage<Name extends EventName>(name: Name, event: EventOf<Name>): void {
    if (window) tell(window.webContents, name, event);
    diagnostics?.told();
  }
  const desktop = new Desktop(
    () => window,
    () => settings.read().notifyWhenDone,
    show,
  );
  const sessions = new RunRegistry({
    engine,
    thumbs,
    recent,
    poolCeiling,
    tell: (update) => toPage('run:update', update),
    onProgress: (session) => desktop.progress(session),
    onEnded: (session) => desktop.ended(session),
  });
  const tuning = new TuneRun({
    time: (job, options) => engine.time(job.request, options),
    poolCeiling,
    tell: (update) => toPage('tune:update', update),
  });

  const previews = new LatestPreview();
  const samples = new LatestSamples(engine, thumbs);
  const opened = new OpenedInputs(inputs, (registration) => toPage('inputs:opened', registration));

  function show(): void {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    if (!app.isReady()) return;
    window = openWindow({
      address: `${pageOrigin}/index.html`,
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      place,
    });
    if (devPage !== undefined) letPageReload(window.webContents);
    askBeforeClose(window, runThatClosingStops, mayStop);
    window.on('closed', () => {
      window = undefined;
      opened.pageGone();
    });
  }

  /** On macOS an app and its run go on without a window. */
  function runThatClosingStops() {
    const run = process.platform !== 'darwin' && sessions.isOn ? sessions.find() : undefined;
    return run?.state === 'cancelling' ? undefined : run?.counters;
  }

  async function mayStop(message: string): Promise<boolean> {
    if (window === undefined) return false;
    const buttons = ['Stop and close', 'Keep running'];
    const detail = 'What is done stays. The rest is offered at the next start.';
    const box = { type: 'question' as const, message, detail, buttons, defaultId: 1, cancelId: 1 };
    return (await dialog.showMessageBox(window, box)).response === 0;
  }

  async function openFromMenu(kind: keyof typeof inputDialogs): Promise<void> {
    const paths = await askForPaths(window, inputDialogs[kind]);
    if (paths.length === 0) return;
    void opened.open(paths);
    show();
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
  // On macOS an app stays in the dock without a window; elsewhere it ends with its last window.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  quitAfter(app, async () => {
    await Promise.all([sessions.quit(), tuning.cancel()]);
    await engine.close();
  });

  void app.whenReady().then(() => {
    const givens = { inputs, outputs, files, downloads: join(app.getPath('downloads'), 'Shoal') };
    denyPermissions(session.defaultSession);
    answerSchemes(join(import.meta.dirname, '../renderer'), thumbs);
    openGate({
      origin: pageOrigin,
      onCall: () => diagnostics?.asked(),
      isOurWindow: (sender) => window !== undefined && sender === window.webContents,
      handlers: allHandlers(
        appHandlers(app.getVersion(), settings),
        dialogHandlers(() => window, inputs, outputs, files),
        inputHandlers(inputs, () => opened.take()),
        jobHandlers({
          ...givens,
          texts,
          engine,
          previews,
          samples,
          sessions,
          recent,
          tuning,
          settings: () => settings.read(),
        }),
        sampleHandlers({ givens, previews, samples, sessions }),
        runHandlers(sessions),
        itemHandlers(sessions),
        resultHandlers(() => window, sessions, recent),
      ),
    });
    setMenu({
      openFolder: () => void openFromMenu('folder'),
      openList: () => void openFromMenu('list'),
      showDocumentation: () => void showDocumentation(join(import.meta.dirname, '../../README.md')),
      showAbout: () => void showAbout(window, app.getVersion()),
    });
    nativeTheme.on('updated', () => {
      toPage('theme', { dark: nativeTheme.shouldUseDarkColors });
    });
    void opened.open(pathsOf(process.argv, app.isPackaged, process.cwd()));
    show();
    void engine.warmUp();
    texts.removeOld();
    removeFormerRecentRuns(join(app.getPath('userData'), 'runs'));
  });
}
