import type { Command } from 'commander';
import {
  type FoundPreset,
  findPreset,
  namesOfPresets,
  readRecipe,
} from '../../engine/run/front-ends/presets.ts';
import { UsageError } from '../../shared/failure.ts';
import { meant } from '../../shared/naming/nearest.ts';
import { builtInPresets } from '../../shared/presets/built-in-presets.ts';
import { type PresetTask, presetSettingsSchemas, presetTasks } from '../../shared/presets/preset.ts';
import { isSamePresetName, presetName } from '../../shared/presets/preset-name.ts';
import { settingOf } from '../../shared/settings/all-settings.ts';
import type { Setting } from '../../shared/settings/setting.ts';
import { thumbsOfFetchedSettings } from '../../shared/settings/thumbnail-settings.ts';
import { type SettingOption, settingOptionsOf } from '../flags/setting-option.ts';
import type { GivenDefault } from './apply-defaults.ts';
import { keyOf } from './default-names.ts';

type Values = Readonly<Record<string, unknown>>;

/** The flags that name a preset or a recipe. */
export interface PresetFlags {
  readonly preset?: string;
  readonly recipe?: string;
}

/**
 * Gives a command the settings of a preset or of a recipe, as far as no flag gave them. It sets all that presets hold, as
 * it does in the window: what it does not name has the default of Shoal, whatever the environment and shoal.json say.
 * @throws UsageError if there is none of that name, or it cannot be used.
 */
export function applyPreset(command: Command, flags: PresetFlags): GivenDefault[] {
  const task = presetTasks.find((each) => each === command.name());
  if (task === undefined)
    throw new TypeError(`Expected a command that presets are for, got ${command.name()}.`);
  const { preset, from } = wantedPreset(flags);
  if (preset.task !== task)
    throw new UsageError(`T${from.slice(1)} is for shoal ${preset.task}, not for shoal ${task}.`);
  const target = new FlagsOfPreset(command, from);
  const { thumbnail, ...settings }: Values = preset.settings;
  const held = task === 'fetch' ? withoutThumbnail : () => true;
  target.take(
    settingsHeld(task).filter(([key]) => held(key)),
    settings,
  );
  if (task !== 'fetch') return target.end();
  return target.takeThumbnail(thumbnail as Values | undefined).end();
}

const withoutThumbnail = (key: string): boolean => key !== 'thumbnail';

function wantedPreset({ preset: name, recipe }: PresetFlags): Pick<FoundPreset, 'preset'> & { from: string } {
  if (recipe !== undefined && name !== undefined)
    throw new UsageError('Expected --preset or --recipe, got both.');
  if (recipe !== undefined) return { preset: readRecipe(recipe), from: `the recipe ${recipe}` };
  const found = presetNamed(name ?? '');
  return { preset: found.preset, from: `the preset ${found.name}` };
}

/** @throws UsageError that names the nearest one if there is none, or what is wrong with its file. */
export function presetNamed(name: string): FoundPreset {
  return findPreset(name) ?? refuse(name);
}

/** @throws UsageError that names the nearest of one's own if there is none of this name. */
export function assertPresetIsThere(name: string): void {
  if (!namesOfPresets().some((each) => isSamePresetName(each, presetName(name)))) refuse(name);
}

function refuse(name: string): never {
  const names = [...builtInPresets.map((preset) => preset.name), ...namesOfPresets()];
  throw new UsageError([`There is no preset ${name}${meant(name, names)}.`, 'shoal presets lists them all.']);
}

/** The settings that presets of a task can hold. */
function settingsHeld(task: PresetTask): [string, Setting][] {
  return Object.keys(presetSettingsSchemas[task].shape).flatMap((key) => {
    const setting = settingOf(task, key);
    return setting ? [[key, setting] as [string, Setting]] : [];
  });
}

/** The flags of a command, which a preset fills. */
class FlagsOfPreset {
  readonly #command: Command;
  readonly #from: string;
  readonly #options: readonly SettingOption[];
  readonly #given: GivenDefault[] = [];
  #withoutFlag: Values = {};

  constructor(command: Command, from: string) {
    this.#command = command;
    this.#from = from;
    this.#options = settingOptionsOf(command);
  }

  /** Takes what is named into the flags of these settings, and closes those of the others for what is weaker. */
  take(held: readonly (readonly [string, Setting])[], settings: Values): void {
    for (const [key, setting] of held) {
      // What is set by the flag of another setting is taken together with that.
      if (setting.partOf !== undefined) continue;
      const option = this.#options.find((each) => each.setting === setting);
      const part = held.find(([, { partOf }]) => partOf === key)?.[0];
      const named = part === undefined ? {} : { [part]: settings[part] };
      if (!option) this.#keep({ [key]: settings[key], ...named });
      else if (part === undefined) this.#set(option, settings[key]);
      else this.#set(option, withPart(setting, settings[key], settings[part]));
    }
  }

  /** The thumbnail of a fetch is one flag, and those that mean nothing without it. */
  takeThumbnail(thumbnail: Values | undefined): this {
    const option = this.#options.find(({ setting }) => setting.type === 'thumbnail');
    if (!option) return this;
    const name = option.attributeName();
    const size = thumbnail && (thumbnail.box ?? true);
    // Where it is asked for without a size, it has that of the preset.
    if (this.#isAsked(option) && this.#command.getOptionValue(name) === true && size !== undefined)
      this.#command.setOptionValueWithSource(name, size, 'preset');
    const hasOwnSize = this.#isAsked(option);
    this.#set(option, size);
    if (thumbnail === undefined) return this;
    this.take(Object.entries<Setting>(thumbsOfFetchedSettings), thumbnail);
    const ofSize = ['box', ...(hasOwnSize ? ['furtherBoxes'] : [])];
    const beyond = Object.entries(thumbnail).filter(
      ([key]) =>
        !Object.hasOwn(thumbsOfFetchedSettings, key) && !ofSize.includes(key) && !this.#isReplaced(key),
    );
    if (beyond.length > 0) this.#keep({ thumbnail: Object.fromEntries(beyond) });
    return this;
  }

  end(): GivenDefault[] {
    this.#command.setOptionValue('withoutFlag', this.#withoutFlag);
    return this.#given;
  }

  #keep(values: Values): void {
    const named = Object.entries(values).filter(([, value]) => value !== undefined);
    this.#withoutFlag = { ...this.#withoutFlag, ...Object.fromEntries(named) };
  }

  /** Whether a thumbnail's setting is a part of another one that a flag gave: one format in the place of several. */
  #isReplaced(key: string): boolean {
    const whole = thumbsOfFetchedSettings[settingOf('thumbs', key)?.partOf ?? ''];
    const option = this.#options.find(({ setting }) => setting === whole);
    return option !== undefined && this.#isAsked(option);
  }

  #set(option: SettingOption, value: unknown): void {
    if (this.#isAsked(option)) return;
    const name = option.attributeName();
    // Without a value it stays as it is by itself, and is as little open to what is weaker.
    this.#command.setOptionValueWithSource(name, value ?? this.#command.getOptionValue(name), 'preset');
    if (value !== undefined) this.#given.push({ key: keyOf(option), value, from: this.#from });
  }

  #isAsked(option: SettingOption): boolean {
    return this.#command.getOptionValueSource(option.attributeName()) === 'cli';
  }
}

/** Sizes and whatever else a flag gives several of: the first is a setting, and those behind it are another one. */
function withPart(setting: Setting, first: unknown, further: unknown): unknown {
  if (first === undefined && further === undefined) return undefined;
  const usual = 'default' in setting ? setting.default : undefined;
  return [first ?? usual, ...(Array.isArray(further) ? further : [])];
}
