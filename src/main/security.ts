import { app, type Session, shell, type WebContents } from 'electron';

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

/** Pages of ours that a person may follow a link to; everything else stays closed. */
const hosts = new Set(['github.com']);

export function isLinkForTheBrowser(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.port === '' && hosts.has(url.hostname);
}
