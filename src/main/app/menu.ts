import { Menu, type MenuItemConstructorOptions } from 'electron';

interface MenuActions {
  readonly openFolder: () => void;
  readonly openList: () => void;
  readonly showDocumentation: () => void;
  readonly showAbout: () => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The app's own menu: Electron's default one reloads the page, and its help is Electron's. */
export function setMenu(actions: MenuActions): void {
  const about: MenuItemConstructorOptions = { id: 'about', label: 'About Shoal', click: actions.showAbout };
  const menus: MenuItemConstructorOptions[] = [
    { label: 'File', submenu: fileMenu(actions) },
    { label: 'Edit', submenu: editMenu },
    { label: 'View', submenu: viewMenu },
    {
      label: 'Help',
      role: 'help',
      submenu: [
        { id: 'documentation', label: 'Documentation', click: actions.showDocumentation },
        separator,
        about,
      ],
    },
  ];
  // On macOS the first menu is the app's, whatever its label; without one of its own, File would be hidden in it.
  if (process.platform === 'darwin') menus.unshift({ label: 'Shoal', submenu: macMenu(about) });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}

function fileMenu({ openFolder, openList }: MenuActions): MenuItemConstructorOptions[] {
  return [
    { id: 'open-folder', label: 'Open folder…', accelerator: 'CmdOrCtrl+O', click: openFolder },
    { id: 'open-list', label: 'Open list…', accelerator: 'CmdOrCtrl+Shift+O', click: openList },
    separator,
    { id: 'close', label: 'Close', role: 'close' },
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

function macMenu(about: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return [
    { ...about, id: 'about-mac' },
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'quit' },
  ];
}
