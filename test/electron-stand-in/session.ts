import { pageOrigin } from './address.ts';
import type { DevToolsSession } from './devtools.ts';

/** What Chromium lets be set, by its own name and by the one Electron's handlers know. */
const permissions = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['window-management', 'window-management'],
  ['local-fonts', 'unknown'],
] as const;

type Checks = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type Requests = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type Devices = Parameters<Electron.Session['setDevicePermissionHandler']>[0];

export class StandInSession
  implements
    Pick<
      Electron.Session,
      'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'
    >
{
  private check: Checks = null;
  private request: Requests = null;

  setPermissionCheckHandler(handler: Checks): void {
    this.check = handler;
  }
  setPermissionRequestHandler(handler: Requests): void {
    this.request = handler;
  }
  /** Headless Chromium has no devices to ask for; there is nothing to connect the handler to. */
  setDevicePermissionHandler(_handler: Devices): void {}

  /**
   * Chromium asks nobody while a page runs, so the app's own check answers beforehand for each permission. One
   * that its check allows and its request handler would still have to grant is not played here.
   */
  async applyTo(session: DevToolsSession): Promise<void> {
    if (this.check === null || this.request === null) {
      throw new Error('The app opened a window before it said what permissions it grants.');
    }
    for (const [name, electronName] of permissions) {
      const granted = this.check(null, electronName as never, pageOrigin, { isMainFrame: true } as never);
      if (granted) throw new Error(`The Electron stand-in does not grant permissions (${electronName}).`);
      await session
        .send('Browser.setPermission', { permission: { name }, setting: 'denied', origin: pageOrigin })
        // Chromium renames permissions between versions; one it does not know it does not grant either.
        .catch(() => {});
    }
  }
}
