type Template = readonly Electron.MenuItemConstructorOptions[];

/** One item as the app gave it; a test may click it. Nothing is drawn, and a role does nothing. */
class StandInMenuItem {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly enabled: boolean;
  readonly submenu: StandInMenu | undefined;
  private readonly clicked: (() => void) | undefined;

  constructor(options: Electron.MenuItemConstructorOptions) {
    this.id = options.id ?? '';
    this.label = options.label ?? '';
    this.role = options.role;
    this.enabled = options.enabled ?? true;
    this.submenu = Array.isArray(options.submenu)
      ? StandInMenu.buildFromTemplate(options.submenu)
      : undefined;
    this.clicked = options.click as (() => void) | undefined;
  }

  click(): void {
    this.clicked?.();
  }
}

export class StandInMenu {
  private static application: StandInMenu | null = null;
  /** The context menu that was shown last: it stays open until a test chooses something or closes it. */
  static shown: StandInMenu | undefined;
  private closed: (() => void) | undefined;
  readonly items: StandInMenuItem[];

  private constructor(items: StandInMenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: Template): StandInMenu {
    return new StandInMenu(template.map((options) => new StandInMenuItem(options)));
  }
  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.application = menu;
  }
  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.application;
  }

  popup(options: Pick<Electron.PopupOptions, 'window' | 'callback'> = {}): void {
    this.closed = options.callback;
    StandInMenu.shown = this;
  }
  /** As a person would: by an item's id, or without one by a click elsewhere. */
  choose(id?: string): void {
    if (StandInMenu.shown === this) StandInMenu.shown = undefined;
    const item = id === undefined ? null : this.getMenuItemById(id);
    this.closed?.();
    if (item?.enabled) item.click();
  }

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
