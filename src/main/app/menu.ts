import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { DialogName } from '../../shared/ipc/dialogs.ts';

interface MenuActions {
  readonly openFolder: () => void;
  readonly openList: () => void;
  readonly showDocumentation: () => void;
  /** Quits unless a run is on and is to go on. */
  readonly quit: () => void;
  readonly showDialog: (dialog: DialogName) => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The app's own menu: Electron's default one reloads the page, and its help is Electron's. */
export function setMenu(actions: MenuActions): void {
  const about = dialogItem(actions, 'about', 'About Shoal');
  const settings = { ...dialogItem(actions, 'settings', 'Settings…'), accelerator: 'CmdOrCtrl+,' };
  const menus: MenuItemConstructorOptions[] = [
    { label: 'File', submenu: fileMenu(actions, settings) },
    { label: 'Edit', submenu: editMenu },
    { label: 'View', submenu: viewMenu },
    {
      label: 'Help',
      role: 'help',
      submenu: [
        { id: 'documentation', label: 'Documentation', click: actions.showDocumentation },
        { ...dialogItem(actions, 'shortcuts', 'Keyboard shortcuts'), accelerator: 'F1' },
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
  return { id: 'quit', label: 'Quit Shoal', accelerator: 'CmdOrCtrl+Q', click };
}

function fileMenu(
  { openFolder, openList, showDialog, quit }: MenuActions,
  settings: MenuItemConstructorOptions,
): MenuItemConstructorOptions[] {
  return [
    { id: 'open-folder', label: 'Open folder…', accelerator: 'CmdOrCtrl+O', click: openFolder },
    { id: 'open-list', label: 'Open list…', accelerator: 'CmdOrCtrl+Shift+O', click: openList },
    { id: 'paste', label: 'Paste list…', accelerator: 'CmdOrCtrl+L', click: () => showDialog('paste') },
    separator,
    settings,
    separator,
    { id: 'close', label: 'Close', role: 'close' },
    ...(process.platform === 'darwin' ? [] : [quitItem(quit)]),
  ];
}

const editMenu: MenuItemConstructorOptions[] = [
  { role: 'undo' },
  { role: 'redo' },
  separator,
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
];

const viewMenu: MenuItemConstructorOptions[] = [
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  separator,
  { role: 'togglefullscreen' },
];

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
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    quitItem(quit),
  ];
}
