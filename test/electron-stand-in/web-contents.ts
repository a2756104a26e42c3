import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { toApp, toPage } from './address.ts';
import { bindingName, deliverName, type FromPage, pageScript, type ToPage } from './page-script.ts';
import { answerPaths } from './paths.ts';
import { checkedArguments } from './plain-data.ts';
import type { StandIn } from './stand-in.ts';

/** What of DevTools' `Fetch.requestPaused` is used. */
interface RequestPaused {
  readonly requestId: string;
  readonly request: Parameters<StandIn['protocol']['answer']>[0];
  readonly resourceType: string;
  readonly frameId: string;
}

let lastId = 0;

/** A page of Chromium behind the part of `webContents` that the app uses. */
export class StandInWebContents
  extends EventEmitter
  implements
    Pick<
      Electron.WebContents,
      'id' | 'send' | 'isDestroyed' | 'getURL' | 'setWindowOpenHandler' | 'reload' | 'startDrag'
    >
{
  readonly id = ++lastId;
  page: Page | undefined;
  /** What was dragged out of the window, for tests to read: there is no desktop to drop it on. */
  readonly drags: string[][] = [];
  /** What playwright calls "the window's own" notices, for the window around this. */
  readonly notices = new EventEmitter<{ resized: []; focus: [boolean] }>();
  private session: CDPSession | undefined;
  private readonly frameOfContext = new Map<number, string>();
  private readonly standIn: StandIn;
  private readonly preferences: Electron.WebPreferences;
  private mainFrameId = '';
  private loading: string | undefined;
  private gone = false;
  private openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined;

  constructor(standIn: StandIn, preferences: Electron.WebPreferences) {
    super();
    this.standIn = standIn;
    this.preferences = preferences;
  }

  /** Not in Electron's documents, but there: the preferences as they were given. */
  getLastWebPreferences(): Electron.WebPreferences {
    return this.preferences;
  }
  isDestroyed(): boolean {
    return this.gone;
  }
  getURL(): string {
    return toApp(this.page?.url() ?? '');
  }
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler;
  }
  reload(): void {
    // Playwright cannot bring a page back whose process is gone, as Electron can.
    this.page
      ?.reload()
      .catch((error: Error) => console.error(`The stand-in: ${error.message.split('\n', 1)[0]}`));
  }
  startDrag({ file, files = [file], icon }: Electron.Item): void {
    if (files.length === 0) throw new Error("Must specify either 'file' or 'files' option");
    if (typeof icon === 'string' || icon.isEmpty()) throw new Error("Must specify non-empty 'icon' option");
    this.drags.push([...files]);
  }
  send(channel: string, ...args: unknown[]): void {
    this.deliver({ kind: 'event', channel, args: checkedArguments(args) });
  }

  async attach(page: Page): Promise<void> {
    this.page = page;
    page.on('close', () => {
      this.gone = true;
      this.emit('destroyed');
    });
    page.on('load', () => this.emit('did-finish-load'));
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    const session = await page.context().newCDPSession(page);
    this.session = session;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const frameId: unknown = context.auxData?.frameId;
      if (typeof frameId === 'string') this.frameOfContext.set(context.id, frameId);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.frameOfContext.delete(executionContextId);
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === bindingName) this.received(JSON.parse(payload) as FromPage, executionContextId);
    });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: bindingName });
    session.on('Page.windowOpen', ({ url }) => this.askToOpen(url));
    await session.send('Page.enable');
    await this.closePopups(page, (await session.send('Target.getTargetInfo')).targetInfo.targetId);
    this.mainFrameId = (await session.send('Page.getFrameTree')).frameTree.frame.id;
    await answerPaths(session);
    const { theme } = this.standIn;
    const colour = () => session.send('Emulation.setEmulatedMedia', { features: theme.media });
    // Where the app asks for none, tests and the person choose.
    if (theme.media.length > 0) await colour();
    // A page that is gone has no colours.
    theme.on('updated', () => void colour().catch(() => {}));
    await this.standIn.session.applyTo(session);
    const preload = this.preferences.preload;
    await page.addInitScript({
      content: pageScript(preload === undefined ? '' : readFileSync(preload, 'utf8')),
    });
    // By DevTools itself: Playwright's routes cost main several times the answer.
    session.on('Fetch.requestPaused', (paused) => {
      // The page went away in the meantime; so did who asked.
      this.answerRequest(session, paused).catch(() => {});
    });
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  /** A link that wants a window of its own gets one from Chromium before main can be asked: it goes at once. */
  private async closePopups(page: Page, opener: string): Promise<void> {
    const browser = await page.context().browser()?.newBrowserCDPSession();
    browser?.on('Target.targetCreated', ({ targetInfo: { openerId, targetId } }) => {
      if (openerId === opener) browser.send('Target.closeTarget', { targetId }).catch(() => {});
    });
    await browser?.send('Target.setDiscoverTargets', { discover: true });
  }

  async load(address: string): Promise<void> {
    this.loading = toPage(address);
    await this.page?.goto(this.loading);
  }

  /** The page's requests: navigations are asked of main first, the app's schemes are answered by its handlers. */
  private async answerRequest(session: CDPSession, paused: RequestPaused): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused;
    if (resourceType === 'Document' && !this.mayNavigate(request.url, frameId === this.mainFrameId)) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const response = await this.standIn.protocol.answer(request);
    if (response === undefined) {
      await session.send('Fetch.continueRequest', { requestId });
      return;
    }
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  private mayNavigate(address: string, isMainFrame: boolean): boolean {
    // Main's own navigation, and a reload, are not the page's doing.
    if (isMainFrame && (address === this.loading || address === this.page?.url())) return true;
    let prevented = false;
    const url = toApp(address);
    const event = {
      url,
      isMainFrame,
      isSameDocument: false,
      preventDefault: () => (prevented = true),
      get defaultPrevented() {
        return prevented;
      },
    };
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, url);
    return !prevented;
  }

  private received(message: FromPage, contextId: number): void {
    switch (message.kind) {
      case 'invoke':
        void this.standIn.ipcMain
          .answer(this.eventFrom(contextId), message.channel, message.args)
          .then((value) =>
            this.deliver({ kind: 'resolved', call: message.call, value: checkedArguments([value])[0] }),
          )
          .catch((error: Error) =>
            this.deliver({ kind: 'rejected', call: message.call, message: error.message }),
          );
        return;
      case 'send':
        this.standIn.ipcMain.emit(message.channel, this.eventFrom(contextId), ...message.args);
        return;
      case 'open':
        this.askToOpen(message.url);
        return;
      case 'resized':
        this.notices.emit('resized');
        return;
      case 'focus':
        this.notices.emit('focus', message.focused);
        return;
    }
  }

  /** The frame that really sent it, by the context its call came from. */
  private eventFrom(contextId: number): Electron.IpcMainInvokeEvent {
    const frameId = this.frameOfContext.get(contextId);
    const isMainFrame = frameId === this.mainFrameId;
    const senderFrame =
      frameId === undefined
        ? null
        : { url: isMainFrame ? this.getURL() : '', parent: isMainFrame ? null : {} };
    const event = { type: 'frame', sender: this, senderFrame, frameId: 1, processId: 1 };
    return event as unknown as Electron.IpcMainInvokeEvent;
  }

  private askToOpen(url: string): void {
    const details = { url: toApp(url), frameName: '', features: '', disposition: 'foreground-tab' };
    const answer = this.openHandler?.(details as Electron.HandlerDetails);
    if (answer?.action !== 'deny') throw new Error('The Electron stand-in opens no windows for a page.');
  }

  private deliver(message: ToPage): void {
    if (this.gone) return;
    const expression = `${deliverName}(${JSON.stringify(message)})`;
    void withPlainStacks(() => this.session?.send('Runtime.evaluate', { expression }))
      // The page went away in the meantime; so did who waited for it.
      ?.catch(() => {});
  }
}

/**
 * Playwright takes a stack for each call. With main's source maps the first ones cost up to 0.2 s, which Electron's
 * messages do not.
 */
function withPlainStacks<Value>(work: () => Value): Value {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = String;
  try {
    return work();
  } finally {
    if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace;
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
  }
}
