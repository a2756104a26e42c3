import { ipcMain, type WebContents } from 'electron';
import type { EventOf, Handlers } from '../../shared/ipc/contract.ts';
import { type EventName, pageRequestNames, preloadRequestNames } from '../../shared/ipc/names.ts';
import { answer, checkRequest, checkSender } from './check-call.ts';

interface GateOptions {
  readonly origin: string;
  readonly isOurWindow: (sender: WebContents) => boolean;
  readonly handlers: Handlers;
  /** Each call that was let in, for figures. */
  readonly onCall?: () => void;
}

/** The one door for calls into main. Every name of the contract is answered, and no other. */
export function openGate({ origin, isOurWindow, handlers, onCall }: GateOptions): void {
  for (const name of [...pageRequestNames, ...preloadRequestNames]) {
    ipcMain.handle(name, (event, payload: unknown) => {
      checkSender(name, event.senderFrame, isOurWindow(event.sender), origin);
      onCall?.();
      return answer(handlers, name, checkRequest(name, payload));
    });
  }
}

/** The one way out. A window that is closing has nobody to tell. */
export function tell<Name extends EventName>(page: WebContents, name: Name, event: EventOf<Name>): void {
  if (!page.isDestroyed()) page.send(name, event);
}
