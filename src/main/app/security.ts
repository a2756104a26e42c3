import { app, type Session, shell, type WebContents } from 'electron';
import { isLinkForTheBrowser } from './browser-link.ts';

/** Nothing the app does needs a permission of the browser, so none is ever given, now or asked later. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Every page, however it came to be, stays where it is and opens nothing. */
export function confinePages(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isLinkForTheBrowser(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
