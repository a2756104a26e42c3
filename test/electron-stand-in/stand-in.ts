import { StandInApp } from './app.ts';
import { StandInBrowserWindow } from './browser-window.ts';
import { type LaunchedChromium, launchChromium } from './chromium.ts';
import { StandInIpcMain } from './ipc-main.ts';
import { ChromiumPage } from './page.ts';
import { StandInProtocol } from './protocol.ts';
import { StandInSession } from './session.ts';
import { StandInTheme } from './theme.ts';

/** What the parts of the stand-in share: the browser, and what of the desktop tests want to look at. */
export class StandIn {
  readonly app: StandInApp;
  readonly ipcMain = new StandInIpcMain();
  readonly protocol = new StandInProtocol();
  readonly session = new StandInSession();
  readonly theme = new StandInTheme();
  readonly headless: boolean;
  readonly screenSize = { width: 1920, height: 1080 };
  readonly notifications: Electron.NotificationConstructorOptions[] = [];
  clipboardText = '';
  private browser: LaunchedChromium | undefined;
  private firstPage: ChromiumPage | undefined;

  constructor(appFolder: string, headless: boolean) {
    this.headless = headless;
    this.app = new StandInApp(appFolder, async () => this.browser?.close());
  }

  /** Returns where Playwright can connect. */
  async start(): Promise<string> {
    this.browser = await launchChromium({ headless: this.headless });
    const { devTools } = this.browser;
    // Chromium ended by itself or by the person: its windows are gone, and so is all there is to show.
    void devTools.ended.then(() => this.app.quit());
    this.firstPage = await ChromiumPage.first(devTools);
    this.app.becomeReady();
    return this.browser.endpoint;
  }

  /** Chromium starts with a page, which is the first window's. */
  async takePage(): Promise<ChromiumPage> {
    if (this.browser === undefined) throw new Error('A window was opened before the app was ready.');
    const first = this.firstPage;
    this.firstPage = undefined;
    const page = first ?? (await ChromiumPage.open(this.browser.devTools));
    // After the window's own listeners, so that they have taken it off the list.
    page.on('close', () => setImmediate(() => this.app.windowClosed()));
    return page;
  }

  /** Asks the person in the window; nobody is there to answer a headless one. */
  async ask(question: string, suggestion = ''): Promise<string | null> {
    if (this.headless) throw new Error(`Nobody can answer a headless stand-in: ${question}`);
    const page = StandInBrowserWindow.getAllWindows()[0]?.webContents.page;
    return page === undefined ? null : page.prompt(question, suggestion);
  }
}
