import { EventEmitter } from 'node:events';
import type { DevToolsSession } from './devtools.ts';
import type { StandIn } from './stand-in.ts';
import { throwByName } from './throw-by-name.ts';
import { StandInWebContents } from './web-contents.ts';

type Implemented =
  | 'id'
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'isFocused'
  | 'isVisible'
  | 'isDestroyed'
  | 'isMinimized'
  | 'isMaximized'
  | 'maximize'
  | 'restore'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'setProgressBar'
  | 'flashFrame'
  | 'close'
  | 'destroy';

const windows: StandInBrowserWindow[] = [];

/** One window of Chromium. Made at once, as Electron's is; what needs the page waits for it. */
export class StandInBrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, Implemented> {
  readonly id: number;
  readonly webContents: StandInWebContents;
  /** What the taskbar would show, for tests to read. */
  progress = -1;
  progressMode: Electron.ProgressBarOptions['mode'] = 'normal';
  private readonly opened: Promise<void>;
  private session: DevToolsSession | undefined;
  private bounds: Electron.Rectangle;
  private state: 'normal' | 'maximized' | 'minimized' | 'fullscreen' = 'normal';
  private focused = true;
  private closed = false;
  private closing = false;

  static getAllWindows(): StandInBrowserWindow[] {
    return [...windows];
  }
  static fromWebContents(contents: StandInWebContents): StandInBrowserWindow | null {
    return windows.find((window) => window.webContents === contents) ?? null;
  }
  static getFocusedWindow(): StandInBrowserWindow | null {
    return windows.find((window) => window.isFocused()) ?? null;
  }

  constructor(standIn: StandIn, options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.webContents = throwByName(
      'webContents',
      new StandInWebContents(standIn, { ...options.webPreferences }),
    );
    this.id = this.webContents.id;
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    windows.push(this);
    standIn.app.emit('web-contents-created', {}, this.webContents);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.notices.on('resized', () => void this.readBounds().then(() => this.emit('resize')));
    this.webContents.notices.on('focus', (focused) => {
      this.focused = focused;
      this.emit(focused ? 'focus' : 'blur');
    });
    this.opened = this.open(standIn, options.x !== undefined && options.y !== undefined);
  }

  private async open(standIn: StandIn, placed: boolean): Promise<void> {
    const page = await standIn.takePage();
    page.on('close', () => this.pageClosed());
    this.session = page.session;
    const { x, y, width, height } = this.bounds;
    await this.applyBounds(placed ? { left: x, top: y, width, height } : { width, height });
    if (this.state !== 'normal') await this.applyBounds({ windowState: this.state });
    await this.readBounds();
    await this.webContents.attach(page);
  }

  async loadURL(address: string): Promise<void> {
    await this.opened;
    await this.webContents.load(address);
  }
  /** Chromium's windows are shown from the start. */
  show(): void {}
  isVisible(): boolean {
    return !this.closed;
  }
  focus(): void {
    void this.opened.then(() => this.webContents.page?.bringToFront());
  }
  isFocused(): boolean {
    return this.focused && !this.closed;
  }
  isDestroyed(): boolean {
    return this.closed;
  }
  isMinimized(): boolean {
    return this.state === 'minimized';
  }
  isMaximized(): boolean {
    return this.state === 'maximized';
  }
  maximize(): void {
    this.changeState('maximized');
  }
  restore(): void {
    this.changeState('normal');
  }
  getBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    const { x, y, width, height } = this.bounds;
    void this.opened.then(() => this.applyBounds({ left: x, top: y, width, height }));
  }
  setProgressBar(progress: number, options?: Electron.ProgressBarOptions): void {
    this.progress = progress;
    this.progressMode = options?.mode ?? 'normal';
  }
  flashFrame(_flag: boolean): void {}

  close(): void {
    this.closeUnlessPrevented();
  }
  closeUnlessPrevented(): boolean {
    let prevented = false;
    this.emit('close', {
      preventDefault: () => {
        prevented = true;
      },
    });
    this.closing = !prevented;
    if (!prevented) this.destroy();
    return !prevented;
  }
  destroy(): void {
    void this.opened.then(() => this.webContents.page?.close());
  }

  /** By us, or by the person at Chromium's own button, which cannot be held up and so is only told. */
  private pageClosed(): void {
    if (this.closed) return;
    if (!this.closing) this.emit('close', { preventDefault() {} });
    this.closed = true;
    windows.splice(windows.indexOf(this), 1);
    this.emit('closed');
  }
  private changeState(state: 'normal' | 'maximized'): void {
    this.state = state;
    void this.opened?.then(() => this.applyBounds({ windowState: state }));
    this.emit(state === 'maximized' ? 'maximize' : 'restore');
  }
  private async applyBounds(bounds: BrowserBounds): Promise<void> {
    const target = await this.session?.send('Browser.getWindowForTarget');
    if (target) await this.session?.send('Browser.setWindowBounds', { windowId: target.windowId, bounds });
  }
  private async readBounds(): Promise<void> {
    const target = await this.session?.send('Browser.getWindowForTarget').catch(() => undefined);
    if (target === undefined) return;
    const { left = 0, top = 0, width = 0, height = 0, windowState = 'normal' } = target.bounds;
    this.state = windowState;
    if (windowState === 'normal') this.bounds = { x: left, y: top, width, height };
  }
}

interface BrowserBounds {
  left?: number;
  top?: number;
  width?: number;
  height?: number;
  windowState?: 'normal' | 'maximized' | 'minimized' | 'fullscreen';
}
