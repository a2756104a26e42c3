import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { StandInMenu } from './menu.ts';
import { standInNativeImage } from './native-image.ts';
import type { StandIn } from './stand-in.ts';

/** The parts of Electron that are the desktop's: there is none here, or only a little of one. */
export function systemParts(standIn: StandIn) {
  const display: Electron.Rectangle = { x: 0, y: 0, ...standIn.screenSize };
  return {
    dialog: {
      /** No native dialog here: the person types the path into one of Chromium's. Tests put an answer in its place. */
      async showOpenDialog(...args: unknown[]): Promise<Electron.OpenDialogReturnValue> {
        const options = args.at(-1) as Electron.OpenDialogOptions;
        const typed = await standIn.ask(
          `${options.title ?? 'Open'}: type the path (the stand-in has no dialog)`,
        );
        return { canceled: typed === null, filePaths: typed === null ? [] : [typed] };
      },
      async showSaveDialog(...args: unknown[]): Promise<Electron.SaveDialogReturnValue> {
        const options = args.at(-1) as Electron.SaveDialogOptions;
        const typed = await standIn.ask(`${options.title ?? 'Save'}: type the path`, options.defaultPath);
        return { canceled: typed === null, filePath: typed ?? '' };
      },
      /** The person answers with a button's number; tests put an answer in its place. */
      async showMessageBox(...args: unknown[]): Promise<Electron.MessageBoxReturnValue> {
        const {
          message,
          detail = '',
          buttons = [],
          cancelId = 0,
        } = args.at(-1) as Electron.MessageBoxOptions;
        const choices = buttons.map((button, at) => `${at}: ${button}`).join(', ');
        const typed = await standIn.ask(`${message}\n${detail}\n${choices}`, String(cancelId));
        return { response: typed === null ? cancelId : Number(typed), checkboxChecked: false };
      },
      showErrorBox(title: string, content: string): void {
        console.error(`${title}: ${content}`);
      },
    } satisfies Pick<
      Electron.Dialog,
      'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'
    >,
    shell: {
      async openExternal(url: string): Promise<void> {
        if (!standIn.headless) openWithSystem(url);
      },
      async openPath(path: string): Promise<string> {
        if (!standIn.headless) openWithSystem(path);
        return '';
      },
      showItemInFolder(path: string): void {
        if (!standIn.headless) openWithSystem(path);
      },
    } satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>,
    clipboard: {
      async writeText(text: string): Promise<void> {
        standIn.clipboardText = text;
      },
      readText: async () => standIn.clipboardText,
    } satisfies Pick<Electron.Clipboard, 'writeText' | 'readText'>,
    screen: Object.assign(new EventEmitter(), {
      getAllDisplays: () => [
        { id: 1, bounds: display, workArea: display, scaleFactor: 1 } as Electron.Display,
      ],
      getPrimaryDisplay: () =>
        ({ id: 1, bounds: display, workArea: display, scaleFactor: 1 }) as Electron.Display,
    }) satisfies Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'>,
    nativeTheme: standIn.theme,
    Menu: StandInMenu,
    nativeImage: standInNativeImage,
    powerSaveBlocker: {
      start: () => 1,
      stop: () => true,
    } satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop'>,
    Notification: class extends EventEmitter {
      readonly options: Electron.NotificationConstructorOptions;
      static isSupported(): boolean {
        return true;
      }
      constructor(options: Electron.NotificationConstructorOptions = {}) {
        super();
        this.options = options;
      }
      get title(): string {
        return this.options.title ?? '';
      }
      get body(): string {
        return this.options.body ?? '';
      }
      show(): void {
        standIn.notifications.push(this.options);
      }
    },
  };
}

function openWithSystem(target: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  spawn(command, [target], { stdio: 'ignore', detached: true })
    .on('error', () => console.error(`${command} is not there to open ${target}.`))
    .unref();
}
