import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { Run } from '../runs/run.ts';
import { noticeOf } from './notice.ts';

/**
 * Shows a run outside its window: in the taskbar while it is on, and by a notification when it ends. While it works, the
 * machine is kept from sleeping.
 */
export class Desktop {
  readonly #window: () => BrowserWindow | undefined;
  readonly #mayNotify: () => boolean;
  readonly #showWindow: () => void;
  #awake: number | undefined;

  constructor(window: () => BrowserWindow | undefined, mayNotify: () => boolean, showWindow: () => void) {
    this.#window = window;
    this.#mayNotify = mayNotify;
    this.#showWindow = showWindow;
  }

  progress({ state, share }: Pick<Run, 'state' | 'share'>): void {
    // Electron shows a value above 1 as an indeterminate bar.
    const progress = share ?? 2;
    this.#keepAwake(state !== 'paused');
    this.#window()?.setProgressBar(progress, { mode: state === 'paused' ? 'paused' : 'normal' });
  }

  ended(session: Run): void {
    const window = this.#window();
    window?.setProgressBar(-1);
    this.#keepAwake(false);
    if (window?.isFocused() || !this.#mayNotify() || !Notification.isSupported()) return;
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
