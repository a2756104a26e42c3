import { EventEmitter } from 'node:events';
import type { DevTools, DevToolsSession } from './devtools.ts';

/** A page of Chromium, as far as a window needs one. */
export class ChromiumPage extends EventEmitter<{ load: []; crash: []; close: [] }> {
  readonly session: DevToolsSession;
  readonly mainFrameId: string;
  private readonly targetId: string;
  private readonly devTools: DevTools;
  private address: string;

  /** The one that Chromium starts with. */
  static async first(devTools: DevTools): Promise<ChromiumPage> {
    const found = new Promise<string>((resolve) => {
      devTools.browser.on('Target.targetCreated', ({ targetInfo }) => {
        if (targetInfo.type === 'page') resolve(targetInfo.targetId);
      });
    });
    await devTools.browser.send('Target.setDiscoverTargets', { discover: true });
    return ChromiumPage.attach(devTools, await found);
  }

  static async open(devTools: DevTools): Promise<ChromiumPage> {
    const wanted = { url: 'about:blank', newWindow: true };
    return ChromiumPage.attach(
      devTools,
      (await devTools.browser.send('Target.createTarget', wanted)).targetId,
    );
  }

  private static async attach(devTools: DevTools, targetId: string): Promise<ChromiumPage> {
    const session = await devTools.attach(targetId);
    await session.send('Page.enable');
    const { frame } = (await session.send('Page.getFrameTree')).frameTree;
    return new ChromiumPage(devTools, targetId, session, frame);
  }

  private constructor(
    devTools: DevTools,
    targetId: string,
    session: DevToolsSession,
    frame: { id: string; url: string },
  ) {
    super();
    this.devTools = devTools;
    this.targetId = targetId;
    this.session = session;
    this.mainFrameId = frame.id;
    this.address = frame.url;
    session.on('close', () => this.emit('close'));
    // The blank page that it starts with may load only now.
    session.on('Page.loadEventFired', () => void (/^(data|about):/.test(this.address) || this.emit('load')));
    session.on('Inspector.targetCrashed', () => this.emit('crash'));
    session.on('Page.frameNavigated', ({ frame: { id, url, urlFragment = '' } }) => {
      if (id === this.mainFrameId) this.address = url + urlFragment;
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.mainFrameId) this.address = url;
    });
    // A link that wants a window of its own gets one from Chromium before main can be asked: it goes at once.
    devTools.browser.on('Target.targetCreated', ({ targetInfo: { openerId, targetId: opened } }) => {
      if (openerId === targetId)
        devTools.browser.send('Target.closeTarget', { targetId: opened }).catch(() => {});
    });
  }

  url(): string {
    return this.address;
  }

  /** Resolves when the page has loaded. */
  async goto(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve, reject) => {
      this.once('load', resolve);
      this.once('close', () => reject(new Error(`The page was closed before it had loaded ${url}.`)));
    });
    const navigated = this.session.send('Page.navigate', { url }).then(({ errorText }) => {
      if (errorText) throw new Error(`${errorText} at ${url}`);
    });
    await Promise.all([navigated, loaded]);
  }

  async reload(): Promise<void> {
    await this.session.send('Page.reload');
  }

  async bringToFront(): Promise<void> {
    await this.session.send('Page.bringToFront');
  }

  async close(): Promise<void> {
    await this.devTools.browser.send('Target.closeTarget', { targetId: this.targetId });
  }

  /** Chromium's own dialog, which the person answers. */
  async prompt(text: string, suggestion: string): Promise<string | null> {
    const expression = `prompt(${JSON.stringify(text)}, ${JSON.stringify(suggestion)})`;
    const { result } = await this.session.send('Runtime.evaluate', { expression, returnByValue: true });
    return result.value as string | null;
  }
}
