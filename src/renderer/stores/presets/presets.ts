import { createStore } from 'zustand/vanilla';
import { builtInPresets } from '../../../shared/presets/built-in-presets.ts';
import { type PresetTask, settingsOfPreset, sparePreset } from '../../../shared/presets/preset.ts';
import type { PresetList } from '../../../shared/presets/preset-messages.ts';
import { isSamePresetName } from '../../../shared/presets/preset-name.ts';
import { request } from '../../ipc/api.ts';
import type { JobKind } from '../inputs.ts';
import { attempt, tellProblem } from '../problem.ts';
import { type SettingValues, takeSettings } from '../setting-values.ts';

interface PresetsState extends PresetList {
  /** What was chosen or saved last for each kind of run, while the window is open. */
  readonly chosen: Readonly<Partial<Record<JobKind, string>>>;
}

/** The person's own presets, and what lies among their files and is none. */
export const presetsStore = createStore<PresetsState>(() => ({ presets: [], faults: [], chosen: {} }));

export const presetTaskOf: Readonly<Record<JobKind, PresetTask>> = {
  thumbnails: 'thumbs',
  fetch: 'fetch',
  map: 'map',
};

/** A preset that can be chosen for a kind of run. The defaults have no name. */
export interface OfferedPreset {
  readonly name: string;
  readonly isOwn: boolean;
  readonly settings: SettingValues;
}

/** In the order in which they are shown: those that Shoal has itself, or the defaults where it has none; then one's own. */
export function presetsFor(kind: JobKind, { presets }: Pick<PresetsState, 'presets'>): OfferedPreset[] {
  const wanted = presetTaskOf[kind];
  const builtIn = builtInPresets
    .filter(({ task }) => task === wanted)
    .map((preset) => ({ name: preset.name, isOwn: false, settings: settingsOfPreset(preset) }));
  const usual = { name: '', isOwn: false, settings: settingsOfPreset({ task: wanted, settings: {} }) };
  const own = presets
    .filter(({ task }) => task === wanted)
    .map(({ name, settings }) => ({ name, isOwn: true, settings }));
  return [...(builtIn.length > 0 ? builtIn : [usual]), ...own];
}

interface ShownPreset {
  readonly preset: OfferedPreset;
  /** Whether a setting differs from what was chosen. */
  readonly isChanged: boolean;
}

/** The preset that the settings are, or that they were before something of it was changed. */
export function shownPreset(
  kind: JobKind,
  offered: readonly OfferedPreset[],
  values: SettingValues,
  chosen: string | undefined,
): ShownPreset | undefined {
  const now = heldOf(kind, values);
  const same = offered.filter(({ settings }) => heldOf(kind, settings) === now);
  // What is replaced keeps the case of its file's name.
  const last = offered.find(({ name }) => chosen !== undefined && isSamePresetName(name, chosen));
  const preset = same.find((each) => each === last) ?? same[0] ?? last;
  return preset && { preset, isChanged: same.length === 0 };
}

/** What of these a preset holds, in one order. */
function heldOf(kind: JobKind, values: SettingValues): string {
  return JSON.stringify(settingsOfPreset(sparePreset(presetTaskOf[kind], values)));
}

export async function loadPresets(): Promise<void> {
  // What was told before of something else stays to be read.
  await request('presets:list').then((list) => presetsStore.setState(list), tellProblem);
}

/** Takes over the settings of a preset, as if they were typed. */
export function choosePreset(kind: JobKind, { name, settings }: OfferedPreset): void {
  takeSettings(kind, settings);
  presetsStore.setState(({ chosen }) => ({ chosen: { ...chosen, [kind]: name } }));
}

/** Keeps these settings under a name. @throws if that failed. */
export async function savePreset(
  kind: JobKind,
  name: string,
  values: SettingValues,
  replace: boolean,
): Promise<'saved' | 'taken'> {
  const preset = sparePreset(presetTaskOf[kind], values);
  const { outcome, list } = await request('presets:save', { name, preset, replace });
  presetsStore.setState(list);
  if (outcome === 'saved') presetsStore.setState(({ chosen }) => ({ chosen: { ...chosen, [kind]: name } }));
  return outcome;
}

export async function removePreset(name: string): Promise<void> {
  const list = await attempt(() => request('presets:remove', { name }));
  if (list) presetsStore.setState(list);
}
