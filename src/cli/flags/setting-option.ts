import { Option } from 'commander';
import type { Setting } from '../../shared/settings/setting.ts';

/** The types of settings whose flag may be given several times. */
const repeatable: ReadonlySet<Setting['type']> = new Set(['texts', 'headers']);

/** The flag of a setting, and what else than a person at the command line has to know of it. */
export class SettingOption extends Option {
  readonly setting: Setting;
  /** The attribute of the flag without which this one means nothing. */
  companion: string | undefined;

  constructor(setting: Setting, flag: string, help: string) {
    super(setting.value === undefined ? flag : `${flag} ${setting.value}`, help);
    this.setting = setting;
  }

  get isRepeatable(): boolean {
    return this.setting.further !== undefined || repeatable.has(this.setting.type);
  }

  onlyWith(companion: string | undefined): this {
    this.companion = companion;
    return this;
  }
}

/** The flags of a command that are settings: all but --help and --version. */
export function settingOptionsOf({ options }: { readonly options: readonly Option[] }): SettingOption[] {
  return options.filter((option) => option instanceof SettingOption);
}
