import { checkedArguments } from './plain-data.ts';

/** What crosses between the page and the stand-in, as JSON through one binding. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly call: number; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'resized' }
  | { readonly kind: 'focus'; readonly focused: boolean };
export type ToPage =
  | { readonly kind: 'resolved'; readonly call: number; readonly value?: unknown }
  | { readonly kind: 'rejected'; readonly call: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: unknown[] };

export const bindingName = '__electronStandIn';
export const deliverName = '__electronStandInDeliver';
const titleSuffix = ' (Electron stand-in on Chromium)';

/** The script that runs before the page's own: `electron` as a preload sees it, then the preload itself. */
export function pageScript(preloadSource: string): string {
  const runPreload = `(function (require, module, exports) {${preloadSource}\n})`;
  const names = JSON.stringify({ bindingName, deliverName, titleSuffix });
  return `(${inPage})(${names}, ${checkedArguments}, ${runPreload});`;
}

interface Names {
  bindingName: string;
  deliverName: string;
  titleSuffix: string;
}
type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;
type Listener = (event: object, ...args: unknown[]) => void;

/** Turned into text and run in the page: it may use nothing of this file but its arguments. */
function inPage(names: Names, checked: typeof checkedArguments, preload: Preload): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const post = world[names.bindingName] as (text: string) => void;
  delete world[names.bindingName];
  // Electron gives frames within the page no preload, and neither does this.
  if (window !== window.top) return;

  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<Listener>>();
  let lastCall = 0;

  Object.defineProperty(window, names.deliverName, {
    value(message: ToPage) {
      if (message.kind === 'event') {
        for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
        return;
      }
      const call = calls.get(message.call);
      calls.delete(message.call);
      if (message.kind === 'resolved') call?.resolve(message.value);
      else call?.reject(new Error(message.message));
    },
  });

  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]) {
      const call = ++lastCall;
      const message = { kind: 'invoke', call, channel, args: checked(args) };
      return new Promise((resolve, reject) => {
        calls.set(call, { resolve, reject });
        post(JSON.stringify(message));
      });
    },
    send(channel: string, ...args: unknown[]) {
      post(JSON.stringify({ kind: 'send', channel, args: checked(args) }));
    },
    on(channel: string, listener: Listener) {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };

  const contextBridge = {
    exposeInMainWorld(key: string, api: object) {
      Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true });
    },
  };

  const knownPaths = new WeakMap<File, string>();
  /** Electron answers at once, so this must too: the stand-in fills in `paths` while the page stands still. */
  function pathsOf(files: readonly File[]): string[] {
    let paths: string[] = [];
    // biome-ignore lint/suspicious/noDebugger: the place where the stand-in reads `files` (paths.ts)
    debugger;
    // The linter cannot know of that write.
    paths = [...paths];
    return files.map((_file, index) => paths[index] ?? '');
  }
  // A halt costs milliseconds: all that came with one drop or paste is asked in one, before the page hears of it.
  function learn(files: FileList | undefined): void {
    const all = [...(files ?? [])];
    if (all.length === 0) return;
    const paths = pathsOf(all);
    all.forEach((file, index) => {
      knownPaths.set(file, paths[index] ?? '');
    });
  }
  window.addEventListener('drop', (event) => learn(event.dataTransfer?.files), { capture: true });
  window.addEventListener('paste', (event) => learn(event.clipboardData?.files), { capture: true });

  const webUtils = {
    getPathForFile(file: File) {
      if (!(file instanceof File)) throw new TypeError('getPathForFile expects a File.');
      return knownPaths.get(file) ?? pathsOf([file])[0];
    },
  };

  const electron: Record<string, object> = { ipcRenderer, contextBridge, webUtils };
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}.`);
    return new Proxy(electron, {
      get(parts, part) {
        const found = parts[String(part)];
        if (found !== undefined || typeof part === 'symbol' || part === '__esModule') return found;
        throw new Error(`The Electron stand-in has no ${part} for a preload.`);
      },
    });
  };

  // Electron's windows ask main first; a page gets null when main denies, and the stand-in knows no other answer.
  window.open = (url) => {
    post(JSON.stringify({ kind: 'open', url: new URL(String(url ?? ''), location.href).href }));
    return null;
  };
  window.addEventListener('resize', () => post('{"kind":"resized"}'));
  window.addEventListener('focus', () => post('{"kind":"focus","focused":true}'));
  window.addEventListener('blur', () => post('{"kind":"focus","focused":false}'));

  // The window says of itself that it is not Electron's, whatever title the app gives it.
  const honest = () => {
    if (!document.title.endsWith(names.titleSuffix)) document.title += names.titleSuffix;
  };
  document.addEventListener('DOMContentLoaded', () => {
    honest();
    new MutationObserver(honest).observe(document.head, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });

  const module = { exports: {} };
  preload(require, module, module.exports);
}
