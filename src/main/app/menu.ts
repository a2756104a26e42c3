import { Menu, type MenuItemConstructorOptions } from 'electron';
import { t } from '../../languages/translate.ts';
import type { DialogName } from '../../shared/ipc/dialogs.ts';

interface MenuActions {
  readonly openFolder: () => void;
  readonly openList: () => void;
  readonly openModule: () => void;
  readonly showDocumentation: () => void;
  /** Quits unless a run is on and is to go on. */
  readonly quit: () => void;
  readonly showDialog: (dialog: DialogName) => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The app's own menu: Electron's default one reloads the page, and its help is Electron's. */
export function setMenu(actions: MenuActions): void {
  const about = dialogItem(actions, 'about', t('About Shoal'));
  const settings = { ...dialogItem(actions, 'settings', t('Settings…')), accelerator: 'CmdOrCtrl+,' };
  const menus: MenuItemConstructorOptions[] = [
    { label: t('File'), submenu: fileMenu(actions, settings) },
    { label: t('Edit'), submenu: editMenu() },
    { label: t('View'), submenu: viewMenu() },
    {
      label: t('Help'),
      role: 'help',
      submenu: [
        { id: 'documentation', label: t('Documentation'), click: actions.showDocumentation },
        { ...dialogItem(actions, 'shortcuts', t('Keyboard shortcuts')), accelerator: 'F1' },
        separator,
        about,
      ],
    },
  ];
  // On macOS the first menu is the app's, whatever its label; without one of its own, File would be hidden in it.
  if (process.platform === 'darwin')
    menus.unshift({ label: 'Shoal', submenu: macMenu(about, settings, actions.quit) });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}

function dialogItem({ showDialog }: MenuActions, id: DialogName, label: string): MenuItemConstructorOptions {
  return { id, label, click: () => showDialog(id) };
}

/** Not the system's own item: that would stop a run without a question. */
function quitItem(click: () => void): MenuItemConstructorOptions {
  return { id: 'quit', label: t('Quit Shoal'), accelerator: 'CmdOrCtrl+Q', click };
}

function fileMenu(
  { openFolder, openList, openModule, showDialog, quit }: MenuActions,
  settings: MenuItemConstructorOptions,
): MenuItemConstructorOptions[] {
  return [
    { id: 'open-folder', label: t('Open folder…'), accelerator: 'CmdOrCtrl+O', click: openFolder },
    { id: 'open-list', label: t('Open list…'), accelerator: 'CmdOrCtrl+Shift+O', click: openList },
    { id: 'paste', label: t('Paste list…'), accelerator: 'CmdOrCtrl+L', click: () => showDialog('paste') },
    { id: 'open-module', label: t('Your own task…'), click: openModule },
    separator,
    settings,
    separator,
    { id: 'close', label: t('Close'), role: 'close' },
    ...(process.platform === 'darwin' ? [] : [quitItem(quit)]),
  ];
}

// Electron words its own items in English alone.

function editMenu(): MenuItemConstructorOptions[] {
  return [
    { role: 'undo', label: t('Undo') },
    { role: 'redo', label: t('Redo') },
    separator,
    { role: 'cut', label: t('Cut') },
    { role: 'copy', label: t('Copy') },
    { role: 'paste', label: t('Paste') },
    { role: 'selectAll', label: t('Select All') },
  ];
}

function viewMenu(): MenuItemConstructorOptions[] {
  return [
    { role: 'resetZoom', label: t('Actual Size') },
    { role: 'zoomIn', label: t('Zoom In') },
    { role: 'zoomOut', label: t('Zoom Out') },
    separator,
    { role: 'togglefullscreen', label: t('Toggle Full Screen') },
  ];
}

function macMenu(
  about: MenuItemConstructorOptions,
  settings: MenuItemConstructorOptions,
  quit: () => void,
): MenuItemConstructorOptions[] {
  return [
    { ...about, id: 'about-mac' },
    separator,
    { ...settings, id: 'settings-mac' },
    separator,
    { role: 'services', label: t('Services') },
    separator,
    { role: 'hide', label: t('Hide Shoal') },
    { role: 'hideOthers', label: t('Hide Others') },
    { role: 'unhide', label: t('Show All') },
    separator,
    quitItem(quit),
  ];
}
