// Must be the first import: it has to run before anything uses a thread.
import './app/thread-pool.ts';

import { join } from 'node:path';
import { app, type BrowserWindow, dialog, nativeTheme, session } from 'electron';
import { appId } from '../../resources/builder/app-id.ts';
import { language, t } from '../languages/translate.ts';
import type { EventOf } from '../shared/ipc/contract.ts';
import type { DialogName } from '../shared/ipc/dialogs.ts';
import type { EventName } from '../shared/ipc/names.ts';
import type { Settings } from '../shared/ipc/settings.ts';
import { askBeforeClose, questionOf } from './app/close-question.ts';
import { Desktop } from './app/desktop.ts';
import { devPage, letPageReload } from './app/dev-page.ts';
import { startDiagnostics } from './app/diagnostics.ts';
import { showDocumentation } from './app/help.ts';
import { setLauncherEntries } from './app/launcher-entries.ts';
import { type LauncherEntry, launcherEntryOf } from './app/launcher-switches.ts';
import { setMenu } from './app/menu.ts';
import { quitAfter } from './app/quit.ts';
import { confinePages, denyPermissions } from './app/security.ts';
import { answerSchemes, appOrigin, declareSchemes } from './app/url-schemes.ts';
import { openWindow } from './app/window.ts';
import { speakAsChosen } from './app/window-language.ts';
import { watchCrashes } from './crash/watch-crashes.ts';
import { chosenModule } from './inputs/chosen-module.ts';
import { namedIn, OpenedInputs } from './inputs/opened-inputs.ts';
import { askForPaths, inputDialogs } from './ipc/dialog-handlers.ts';
import { openGate, tell } from './ipc/gate.ts';
import { makeHandlers } from './make-handlers.ts';
import { dataFile, openPlace, openSettings, startServices } from './services.ts';
import { removeFormerRecentRuns } from './storage/recent-runs.ts';

/** The origin of the page, and the only one that may call into main. */
const pageOrigin = devPage ?? appOrigin;

// Tests and demos keep their own data. This must be set before anything asks for the folder.
const ownUserData = process.env.SHOAL_USER_DATA;
if (ownUserData !== undefined) app.setPath('userData', ownUserData);

// The installer's shortcut has it: by it Windows knows whose notifications and windows these are.
if (process.platform === 'win32') app.setAppUserModelId(appId);

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  const reports = watchCrashes();
  const place = openPlace();
  const settings = openSettings();
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
  const services = startServices({ toPage, desktop, settings, reports, shutDown, askOfModule });
  const { sessions, engine, texts, queue, watched } = services;
  const opened = new OpenedInputs(services.inputs, (registration) => toPage('inputs:opened', registration));

  function show(): void {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    if (!app.isReady()) return;
    reports.note('the window was opened');
    window = openWindow({
      address: `${pageOrigin}/index.html`,
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      place,
    });
    if (devPage !== undefined) letPageReload(window.webContents);
    askBeforeClose(window, runThatClosingStops, mayStop);
    // Windows ends an app that is open when the session does; that is no fault of anybody.
    window.on('session-end', () => reports.close());
    window.on('closed', () => {
      window = undefined;
      opened.pageGone();
    });
  }

  /**
   * The run that is on, if closing stops it: what keeps a watched folder up to date is done at the next start anyway, and
   * what other machines do goes on.
   */
  function runOfPerson() {
    const run = sessions.isOn ? sessions.find() : undefined;
    return run?.isWatched || run?.handedOut !== undefined ? undefined : run;
  }

  /** On macOS an app and its run go on without a window. */
  function runThatClosingStops() {
    const run = process.platform !== 'darwin' ? runOfPerson() : undefined;
    return run?.state === 'cancelling' ? undefined : run?.counters;
  }

  /** What a module may do, a person decides: nothing keeps it from anything. */
  async function askOfModule({ name, place }: { name: string; place: string }): Promise<boolean> {
    const message = t('Use {{name}} as the task?', { name });
    const detail = t(
      'It is a program in {{place}}, and runs with all your rights: use it only if you trust it.',
      { place },
    );
    return agrees({ message, detail, buttons: [t('Use it'), t('Cancel')] });
  }

  async function mayStop(message: string): Promise<boolean> {
    const buttons = [t('Stop and close'), t('Keep running')];
    const detail = t('What is done stays. The rest is offered at the next start.');
    return agrees({ message, detail, buttons });
  }

  /** Whether the person chooses the first of two buttons. */
  async function agrees(asked: { message: string; detail: string; buttons: string[] }): Promise<boolean> {
    const box = { ...asked, type: 'question' as const, defaultId: 1, cancelId: 1 };
    const answer = await (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box));
    return answer.response === 0;
  }

  async function quit(): Promise<void> {
    const run = runOfPerson();
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

  async function openFromMenu(kind: 'folder' | 'list'): Promise<void> {
    const paths = await askForPaths(window, inputDialogs[kind]());
    if (paths.length === 0) return;
    void opened.open(paths);
    show();
  }

  async function openModule(): Promise<void> {
    const [path] = await askForPaths(window, inputDialogs.module());
    if (path === undefined) return;
    opened.give(await chosenModule(services.modules, path));
    show();
  }

  let menuIn: string | undefined;

  /** What the system shows of the app: its menus and colours. */
  function lookAsChosen(chosen: Settings): void {
    nativeTheme.themeSource = chosen.theme;
    speakAsChosen(chosen);
    if (menuIn === language()) return;
    // The page asks for all else when it is drawn anew.
    if (menuIn !== undefined) {
      toPage('queue:changed', queue.state());
      toPage('watched:changed', watched.state());
    }
    menuIn = language();
    setMenu({
      openFolder: () => void openFromMenu('folder'),
      openList: () => void openFromMenu('list'),
      openModule: () => void openModule(),
      showDocumentation: () => void showDocumentation(join(import.meta.dirname, '../../README.md')),
      showDialog,
      quit: () => void quit(),
    });
    setLauncherEntries(begin);
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
    void opened.openNamed(namedIn(argv, app.isPackaged, cwd));
    show();
    begin(launcherEntryOf(argv));
  });
  app.on('activate', show);
  // On macOS an app stays in the dock without a window; elsewhere it ends with its last window.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  const closeAll = quitAfter(app, async () => {
    try {
      await services.close();
    } finally {
      // Ended as the person wanted, if not as neatly.
      reports.close();
    }
  });
  async function shutDown(): Promise<void> {
    await closeAll();
    // What takes this copy's place must not find it still there.
    app.releaseSingleInstanceLock();
  }

  void app.whenReady().then(() => {
    denyPermissions(session.defaultSession);
    lookAsChosen(settings.read());
    answerSchemes(join(import.meta.dirname, '../renderer'), services.thumbs, language);
    openGate({
      origin: pageOrigin,
      onCall: () => diagnostics?.asked(),
      isOurWindow: (sender) => window !== undefined && sender === window.webContents,
      handlers: makeHandlers(services, {
        window: () => window,
        settings,
        notices: join(import.meta.dirname, '../notices.json'),
        onChanged: lookAsChosen,
        takeOpened: () => {
          begin(startedBy);
          startedBy = undefined;
          return opened.take();
        },
      }),
    });
    void opened.openNamed(namedIn(process.argv, app.isPackaged, process.cwd()));
    show();
    // To look through what is watched takes main's time, which the first screen needs.
    void engine.warmUp().finally(() => {
      watched.start();
      services.updates.start();
    });
    texts.removeOld(Date.now(), queue.lists);
    removeFormerRecentRuns(dataFile('runs'));
  });
}
