type Template = readonly Electron.MenuItemConstructorOptions[];

/** One item as the app gave it; a test may click it. Nothing is drawn, and a role does nothing. */
class StandInMenuItem {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly submenu: StandInMenu | undefined;
  private readonly clicked: (() => void) | undefined;

  constructor(options: Electron.MenuItemConstructorOptions) {
    this.id = options.id ?? '';
    this.label = options.label ?? '';
    this.role = options.role;
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

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
