import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Driver } from '../tools/driver.ts';

/** Electron's module as it is in main: its parts may be looked at, and replaced for a test. */
type ElectronModule = typeof Electron.CrossProcessExports;
/** Runs in main. It is sent as its source: what it needs must come by `argument`. */
type InMain<Argument, Result> = (electron: ElectronModule, argument: Argument) => Result | Promise<Result>;

/** What each driver brings; all else is the same for both. */
export interface RunningApp {
  readonly page: Page;
  readonly process: ChildProcess;
  evaluate<Argument, Result>(run: InMain<Argument, Result>, argument: Argument): Promise<Result>;
  quit(): Promise<void>;
}

export class LaunchedApp {
  readonly driver: Driver;
  readonly userData: string;
  readonly page: Page;
  private readonly running: RunningApp;

  constructor(driver: Driver, userData: string, running: RunningApp) {
    this.driver = driver;
    this.userData = userData;
    this.page = running.page;
    this.running = running;
  }

  /** Until a screen is drawn: before that nobody could drop anything on it. */
  async ready(): Promise<void> {
    await this.page.waitForLoadState('load');
    await this.page.getByRole('main').waitFor();
    await this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  }

  /** Runs a function in main with Electron's module (the real one, or the stand-in's). */
  inMain<Result>(run: InMain<undefined, Result>): Promise<Result>;
  inMain<Argument, Result>(run: InMain<Argument, Result>, argument: Argument): Promise<Result>;
  inMain<Argument, Result>(run: InMain<Argument | undefined, Result>, argument?: Argument): Promise<Result> {
    return this.running.evaluate(run, argument);
  }

  /** Drops files and folders onto the window by real drag events, in its middle unless told where. */
  async drop(paths: readonly string[], at?: Point): Promise<void> {
    await this.drag({ items: [], files: [...paths], dragOperationsMask: 1 }, { at });
  }

  /** Drops files and folders where the page has changed under the pointer since it came to rest. */
  async dropAfter(paths: readonly string[], change: () => Promise<void>): Promise<void> {
    await this.drag({ items: [], files: [...paths], dragOperationsMask: 1 }, { beforeDrop: change });
  }

  /** Drops links as a browser does. */
  async dropLinks(urls: readonly string[], at?: Point): Promise<void> {
    const list = urls.join('\r\n');
    const items = [
      { mimeType: 'text/uri-list', data: list },
      { mimeType: 'text/plain', data: list },
    ];
    await this.drag({ items, files: [], dragOperationsMask: 1 }, { at });
  }

  /** Drops a piece of text, as an editor or a mail does. */
  async dropText(text: string): Promise<void> {
    await this.drag({ items: [{ mimeType: 'text/plain', data: text }], files: [], dragOperationsMask: 1 });
  }

  /** Drops a selection of a page: its text, and what it looks like. */
  async dropSelection(text: string, html: string): Promise<void> {
    const items = [
      { mimeType: 'text/plain', data: text },
      { mimeType: 'text/html', data: html },
    ];
    await this.drag({ items, files: [], dragOperationsMask: 1 });
  }

  private async drag(
    data: DragData,
    { at, beforeDrop }: { at?: Point | undefined; beforeDrop?: () => Promise<void> } = {},
  ): Promise<void> {
    const middle = await this.page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }));
    const session = await this.page.context().newCDPSession(this.page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      if (type === 'drop') await beforeDrop?.();
      await session.send('Input.dispatchDragEvent', { type, ...(at ?? middle), data });
    }
    await session.detach();
  }

  /** Puts text on the clipboard and presses the paste keys, wherever the focus is. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((content) => {
      const put = (event: ClipboardEvent) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        event.clipboardData?.setData('text/plain', content);
      };
      document.addEventListener('copy', put, { capture: true, once: true });
      document.execCommand('copy');
    }, text);
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** The next open dialogs for this are answered with these paths; without any, or for something else, closed. */
  async answerOpenDialogs(
    paths: readonly string[],
    wanted: 'openDirectory' | 'openFile' = 'openDirectory',
  ): Promise<void> {
    await this.inMain(
      ({ dialog }, answer) => {
        dialog.showOpenDialog = async (...asked: unknown[]) => {
          const { properties = [] } = asked.at(-1) as Electron.OpenDialogOptions;
          const filePaths = properties.includes(answer.wanted) ? answer.paths : [];
          return { canceled: filePaths.length === 0, filePaths };
        };
      },
      { paths: [...paths], wanted },
    );
  }

  /** Clicks an item of the app's menu, as far as there is one. */
  async clickMenu(id: string): Promise<void> {
    await this.inMain(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
  }

  /** The next save dialog is answered with this path. */
  async answerSaveDialogs(path: string): Promise<void> {
    await this.inMain(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
  }

  /** From now on main opens nothing: what it is asked to open, or to show in its folder, is noted. */
  async noteOpened(): Promise<void> {
    await this.inMain(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openPath = async (path) => {
        opened.push(`open ${path}`);
        return '';
      };
      shell.showItemInFolder = (path) => {
        opened.push(`reveal ${path}`);
      };
    });
  }

  /** What main was asked to open since then, in turn: `open PATH`, `reveal PATH`. */
  opened(): Promise<string[]> {
    return this.inMain(() => (globalThis as unknown as { opened: string[] }).opened);
  }

  /** The web preferences of the window as they were given. */
  webPreferences(): Promise<Electron.WebPreferences> {
    return this.inMain(({ BrowserWindow }) => {
      // Not in Electron's types, but in every Electron.
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Electron.WebPreferences;
      };
      return contents.getLastWebPreferences();
    });
  }

  /** The settings as they lie on disk for the next start. */
  keptSettings(): unknown {
    try {
      return JSON.parse(readFileSync(join(this.userData, 'settings.json'), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Quits as a person would, and waits for the process to be gone. */
  async close(): Promise<void> {
    await this.running.quit();
  }

  /** Resolves when the process is gone, whoever ended it. */
  async ended(): Promise<void> {
    const { process } = this.running;
    if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
  }

  /** As a power cut would: main gets no chance. */
  async kill(): Promise<void> {
    this.running.process.kill('SIGKILL');
    await this.ended();
  }
}

/** In the window, in CSS pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

interface DragData {
  items: { mimeType: string; data: string }[];
  files: string[];
  dragOperationsMask: number;
}
