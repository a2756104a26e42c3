import { type BrowserWindow, Notification, powerSaveBlocker, shell } from 'electron';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { Run } from '../runs/run.ts';
import { noticeOf } from './notice.ts';

/**
 * Shows a run outside its window: in the taskbar while it is on, and by a notification when it ends. While it works, the
 * machine is kept from sleeping.
 */
export class Desktop {
  readonly #window: () => BrowserWindow | undefined;
  readonly #wanted: () => Pick<Settings, 'notifyWhenDone' | 'openWhenDone'>;
  readonly #showWindow: () => void;
  #awake: number | undefined;

  /** @param wanted what the person wants at the end of a run. */
  constructor(
    window: () => BrowserWindow | undefined,
    wanted: () => Pick<Settings, 'notifyWhenDone' | 'openWhenDone'>,
    showWindow: () => void,
  ) {
    this.#window = window;
    this.#wanted = wanted;
    this.#showWindow = showWindow;
  }

  progress({ state, share }: Pick<Run, 'state' | 'share'>): void {
    // Electron shows a value above 1 as an indeterminate bar.
    const progress = share ?? 2;
    this.#keepAwake(state !== 'paused');
    this.#window()?.setProgressBar(progress, { mode: state === 'paused' ? 'paused' : 'normal' });
  }

  /** @param folder where the run put its files. Of one that nobody has started nobody is told, but on its card. */
  ended(session: Run, folder: string): void {
    const window = this.#window();
    window?.setProgressBar(-1);
    this.#keepAwake(false);
    if (session.isWatched) return;
    const { notifyWhenDone, openWhenDone } = this.#wanted();
    // What was stopped is not done; and a folder in which nothing was made need not be there.
    if (openWhenDone && folder !== '' && !session.cancelled && session.counters.done > 0)
      void shell.openPath(folder);
    if (window?.isFocused() || !notifyWhenDone || !Notification.isSupported()) return;
    const notification = new Notification(noticeOf(session.describe(), session.cancelled));
    notification.on('click', this.#showWindow);
    notification.show();
  }

  #keepAwake(wanted: boolean): void {
    if (wanted) {
      this.#awake ??= powerSaveBlocker.start('prevent-app-suspension');
    } else if (this.#awake !== undefined) {
      powerSaveBlocker.stop(this.#awake);
      this.#awake = undefined;
    }
  }
}
