import { ipcMain, type WebContents } from 'electron';
import type { EventOf, Handlers } from '../../shared/ipc/contract.ts';
import { type EventName, pageRequestNames, preloadRequestNames } from '../../shared/ipc/names.ts';
import { answer, checkRequest, checkSender } from './check-call.ts';

interface GateOptions {
  readonly origin: string;
  readonly isOurWindow: (sender: WebContents) => boolean;
  readonly handlers: Handlers;
  /** Called for each accepted call, to count calls. */
  readonly onCall?: () => void;
}

/** The only entry for calls into main. Answers every name of the contract, and no other. */
export function openGate({ origin, isOurWindow, handlers, onCall }: GateOptions): void {
  for (const name of [...pageRequestNames, ...preloadRequestNames]) {
    ipcMain.handle(name, (event, payload: unknown) => {
      checkSender(name, event.senderFrame, isOurWindow(event.sender), origin);
      onCall?.();
      return answer(handlers, name, checkRequest(name, payload));
    });
  }
}

/** The only way for main to send events to a page. A window that is closing receives none. */
export function tell<Name extends EventName>(page: WebContents, name: Name, event: EventOf<Name>): void {
  if (!page.isDestroyed()) page.send(name, event);
}
