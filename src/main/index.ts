// Must be the first import: it has to run before anything uses a thread.
import './app/thread-pool.ts';

import { join } from 'node:path';
import { app, type BrowserWindow, dialog, nativeTheme, session } from 'electron';
import { Engine } from '../engine/index.ts';
import workerFile from '../engine/worker.ts?modulePath';
import type { EventOf } from '../shared/ipc/contract.ts';
import type { DialogName } from '../shared/ipc/dialogs.ts';
import type { EventName } from '../shared/ipc/names.ts';
import { settingsSchema } from '../shared/ipc/settings.ts';
import { askBeforeClose, questionOf } from './app/close-question.ts';
import { Desktop } from './app/desktop.ts';
import { devPage, letPageReload } from './app/dev-page.ts';
import { startDiagnostics } from './app/diagnostics.ts';
import { showDocumentation } from './app/help.ts';
import {
  type LauncherEntry,
  launcherEntryOf,
  rememberInputs,
  setLauncherEntries,
} from './app/launcher-entries.ts';
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
import { formerRunHandlers } from './ipc/former-run-handlers.ts';
import { openGate, tell } from './ipc/gate.ts';
import { allHandlers } from './ipc/handlers.ts';
import { historyHandlers } from './ipc/history-handlers.ts';
import { inputHandlers } from './ipc/input-handlers.ts';
import { itemHandlers } from './ipc/item-handlers.ts';
import { jobHandlers } from './ipc/job-handlers.ts';
import { limitHandlers } from './ipc/limit-handlers.ts';
import { queueHandlers } from './ipc/queue-handlers.ts';
import { resultHandlers } from './ipc/result-handlers.ts';
import { runHandlers } from './ipc/run-handlers.ts';
import { sampleHandlers } from './ipc/sample-handlers.ts';
import { selectionHandlers } from './ipc/selection-handlers.ts';
import { countUrls } from './jobs/count-urls.ts';
import { LatestPreview } from './jobs/latest-preview.ts';
import { keptQueueSchema, RunQueue } from './runs/run-queue.ts';
import { RunRegistry } from './runs/run-registry.ts';
import { TuneRun } from './runs/tune-run.ts';
import { LatestSamples } from './samples/latest-samples.ts';
import { HiddenRuns, hiddenRunsSchema } from './storage/hidden-runs.ts';
import { JsonFile } from './storage/json-file.ts';
import { keptJob } from './storage/kept-job.ts';
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
  const inputs = new InputRegistry(rememberInputs);
  const outputs = new OutputRegistry();
  const files = new FileRegistry();
  const thumbs = new ThumbRegistry();
  const texts = new PastedLists(join(app.getPath('userData'), 'lists'));
  const hidden = new HiddenRuns(
    new JsonFile(join(app.getPath('userData'), 'hidden-runs.json'), hiddenRunsSchema, () => []),
  );
  const recent = new RecentRuns(texts, hidden);
  const engine = new Engine({
    workerFile,
    wasmSharp: process.platform === 'linux',
    nice: workersNice,
    keepThreads: poolCeiling,
  });
  const diagnostics = startDiagnostics();
  let window: BrowserWindow | undefined;
  /** Until the page can be told. */
  let startedBy = launcherEntryOf(process.argv);

  function toPage<Name extends EventName>(name: Name, event: EventOf<Name>): void {
    if (window) tell(window.webContents, name, event);
    diagnostics?.told();
  }
  const desktop = new Desktop(
    () => window,
    () => settings.read(),
    show,
  );
  const sessions = new RunRegistry({
    engine,
    thumbs,
    recent,
    poolCeiling,
    tell: (update) => toPage('run:update', update),
    onProgress: (session) => desktop.progress(session),
    onEnded: (session, job) => {
      desktop.ended(session, job.folder);
      void queue.ended(session.cancelled);
    },
  });
  const queue = new RunQueue({
    file: new JsonFile(join(app.getPath('userData'), 'queue.json'), keptQueueSchema, () => []),
    keep: (job) => keptJob(job, texts),
    start: async (job, size) => {
      await tuning.cancel();
      await sessions.start(job, size);
    },
    isOn: () => sessions.isOn,
    tell: (state) => toPage('queue:changed', state),
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
    const buttons = ['Stop and close', 'Keep running'];
    const detail = 'What is done stays. The rest is offered at the next start.';
    const box = { type: 'question' as const, message, detail, buttons, defaultId: 1, cancelId: 1 };
    const answer = await (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box));
    return answer.response === 0;
  }

  async function quit(): Promise<void> {
    const run = sessions.isOn ? sessions.find() : undefined;
    if (run === undefined || (await mayStop(questionOf(run.counters)))) app.quit();
  }

  function begin(entry: LauncherEntry | undefined): void {
    if (entry === 'paste') showDialog('paste');
    else if (entry !== undefined) void openFromMenu(entry);
  }

  function showDialog(name: DialogName): void {
    show();
    toPage('dialog:show', { dialog: name });
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
    begin(launcherEntryOf(argv));
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
    const downloads = join(app.getPath('downloads'), 'Shoal');
    const givens = { inputs, outputs, files, downloads };
    const known = { ...givens, texts };
    denyPermissions(session.defaultSession);
    answerSchemes(join(import.meta.dirname, '../renderer'), thumbs);
    openGate({
      origin: pageOrigin,
      onCall: () => diagnostics?.asked(),
      isOurWindow: (sender) => window !== undefined && sender === window.webContents,
      handlers: allHandlers(
        appHandlers({
          version: app.getVersion(),
          settings,
          notices: join(import.meta.dirname, '../notices.json'),
          onChanged: ({ theme }) => {
            nativeTheme.themeSource = theme;
          },
        }),
        dialogHandlers(() => window, inputs, outputs, files),
        inputHandlers(
          inputs,
          () => {
            begin(startedBy);
            startedBy = undefined;
            return opened.take();
          },
          (text, signal) =>
            countUrls(text, downloads, (request, options) => engine.run(request, options), signal),
        ),
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
        selectionHandlers(() => window, sessions, inputs),
        resultHandlers(() => window, sessions, recent),
        formerRunHandlers({ sessions, thumbs, recent, hidden, known }),
        queueHandlers({ queue, known, settings: () => settings.read() }),
        historyHandlers(sessions),
        limitHandlers(sessions),
      ),
    });
    setMenu({
      openFolder: () => void openFromMenu('folder'),
      openList: () => void openFromMenu('list'),
      showDocumentation: () => void showDocumentation(join(import.meta.dirname, '../../README.md')),
      showDialog,
      quit: () => void quit(),
    });
    nativeTheme.themeSource = settings.read().theme;
    void opened.open(pathsOf(process.argv, app.isPackaged, process.cwd()));
    setLauncherEntries(begin);
    show();
    void engine.warmUp();
    texts.removeOld(Date.now(), queue.lists);
    removeFormerRecentRuns(join(app.getPath('userData'), 'runs'));
  });
}
