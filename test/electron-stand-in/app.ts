import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandInBrowserWindow } from './browser-window.ts';
import { SingleInstance } from './single-instance.ts';

type Implemented =
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'setPath'
  | 'getVersion'
  | 'getName'
  | 'requestSingleInstanceLock'
  | 'isPackaged'
  | 'releaseSingleInstanceLock'
  | 'setAppUserModelId'
  | 'addRecentDocument'
  | 'setUserTasks'
  | 'getPreferredSystemLanguages';

/** The folder that stands for the resources of an app that is packed; without it, the app is not. */
export const packedResources = process.env.STAND_IN_RESOURCES;

export class StandInApp extends EventEmitter implements Pick<Electron.App, Implemented> {
  /** As run.ts was told: an app that is packed has a folder of resources beside it. */
  readonly isPackaged = packedResources !== undefined;
  /** What the system would list as recent, for tests to read. */
  readonly recentDocuments: string[] = [];
  private readonly manifest: { name: string; version: string };
  private readonly paths: Record<string, string>;
  private readonly readiness = Promise.withResolvers<void>();
  private instance: SingleInstance | undefined;
  private ready = false;
  private quitting = false;
  private readonly closeBrowser: () => Promise<void>;

  constructor(appFolder: string, closeBrowser: () => Promise<void>) {
    super();
    this.closeBrowser = closeBrowser;
    this.manifest = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
    const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
    this.paths = {
      home: homedir(),
      temp: tmpdir(),
      appData: config,
      userData: join(config, `${this.manifest.name}-electron-stand-in`),
      downloads: join(homedir(), 'Downloads'),
    };
  }

  becomeReady(): void {
    this.ready = true;
    performance.mark('ready');
    this.emit('ready');
    this.readiness.resolve();
  }
  async whenReady(): Promise<void> {
    return this.readiness.promise;
  }
  isReady(): boolean {
    return this.ready;
  }
  getVersion(): string {
    return this.manifest.version;
  }
  getName(): string {
    return this.manifest.name;
  }
  setAppUserModelId(_id: string): void {}
  addRecentDocument(path: string): void {
    this.recentDocuments.push(path);
  }
  /** As the environment says: `LANGUAGE=de-AT:en` is German as spoken in Austria, then English. */
  getPreferredSystemLanguages(): string[] {
    const wanted = process.env.LANGUAGE?.split(':').filter((tag) => tag !== '') ?? [];
    return wanted.length > 0 ? wanted : ['en-US'];
  }
  setUserTasks(_tasks: Electron.Task[]): boolean {
    return true;
  }
  getPath(name: string): string {
    const path = this.paths[name];
    if (path === undefined) throw new Error(`The Electron stand-in has no app.getPath('${name}').`);
    return path;
  }
  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  requestSingleInstanceLock(): boolean {
    const userData = this.getPath('userData');
    mkdirSync(userData, { recursive: true });
    this.instance = new SingleInstance(userData);
    return this.instance.acquire((argv, cwd) => this.emit('second-instance', {}, argv, cwd, null));
  }

  releaseSingleInstanceLock(): void {
    void this.instance?.release();
  }

  /** before-quit, then the windows, then will-quit; each may hold it. */
  quit(): void {
    if (this.quitting) return;
    if (this.wasPrevented('before-quit')) return;
    this.quitting = true;
    void this.closeAll().then((closed) => {
      this.quitting = false;
      if (closed && !this.wasPrevented('will-quit')) this.exit(0);
    });
  }
  exit(code = 0): void {
    this.quitting = true;
    this.emit('quit', {}, code);
    void Promise.all([this.instance?.release(), this.closeBrowser()]).finally(() => process.exit(code));
  }
  /** Called when a window went. */
  windowClosed(): void {
    if (this.quitting || StandInBrowserWindow.getAllWindows().length > 0) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  private async closeAll(): Promise<boolean> {
    for (const window of StandInBrowserWindow.getAllWindows()) {
      const gone = new Promise<void>((done) => window.once('closed', () => done()));
      if (!window.closeUnlessPrevented()) return false;
      await gone;
    }
    return true;
  }
  private wasPrevented(name: string): boolean {
    let prevented = false;
    this.emit(name, { preventDefault: () => (prevented = true) });
    return prevented;
  }
}
