import { createStore } from 'zustand/vanilla';
import { spokenOf } from '../../languages/translate.ts';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import type { WantedPool } from '../../shared/ipc/job.ts';
import { type Settings, type SettingsChange, settingsSchema } from '../../shared/ipc/settings.ts';
import { request } from '../ipc/api.ts';
import type { JobKind } from './inputs.ts';
import { attempt } from './problem.ts';

interface AppState {
  readonly info: AppInfo | undefined;
  readonly settings: Settings;
}

/** Facts that do not change while the app runs, and the person's settings. */
export const appStore = createStore<AppState>(() => ({
  info: undefined,
  settings: settingsSchema.parse({}),
}));

export async function loadApp(): Promise<void> {
  const [info, settings] = await Promise.all([request('app:info'), request('settings:get')]);
  appStore.setState({ info, settings });
}

/** Changes shown at once and saved a moment later: typing must not write a file for each letter. */
let pending: SettingsChange = {};
let timer: ReturnType<typeof setTimeout> | undefined;
const writeAfterMs = 250;

export function changeSettings(change: SettingsChange): void {
  const { settings } = appStore.getState();
  const merged = Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null);
  appStore.setState({ settings: settingsSchema.parse(Object.fromEntries(merged)) });
  pending = { ...pending, ...change };
  clearTimeout(timer);
  // In another language the page asks for all of it again, and main is to answer in that.
  if (change.language !== undefined) writeSettings();
  else timer = setTimeout(writeSettings, writeAfterMs);
}

/** Saves pending changes now; also called when the page goes away. */
export function writeSettings(): void {
  clearTimeout(timer);
  const change = pending;
  pending = {};
  if (Object.keys(change).length > 0) void attempt(() => request('settings:set', change));
}

/** The language to speak; undefined until main has told what the system's is. */
export function chosenLanguage({ info, settings }: AppState): string | undefined {
  return info && spokenOf([settings.language, info.systemLanguage]);
}

export function defaultPoolSize({ info }: Pick<AppState, 'info'>, kind: JobKind): number {
  return info?.defaultPoolSize[kind] ?? 1;
}

const poolSettings = {
  thumbnails: 'thumbnailsPoolSize',
  fetch: 'fetchPoolSize',
  map: 'mapPoolSize',
} as const satisfies Record<JobKind, keyof Settings>;

function chosenPool({ settings }: Pick<AppState, 'settings'>, kind: JobKind): WantedPool | undefined {
  return settings[poolSettings[kind]];
}

/** The pool size that the next run starts with. */
export function chosenPoolSize(state: AppState, kind: JobKind): number {
  const chosen = chosenPool(state, kind);
  const size = typeof chosen === 'number' ? chosen : defaultPoolSize(state, kind);
  return Math.min(size, state.info?.poolCeiling ?? 1);
}

/** Whether the next run finds its pool size itself. */
export function isPoolAutomatic(state: AppState, kind: JobKind): boolean {
  const chosen = chosenPool(state, kind);
  return chosen === undefined ? (state.info?.automaticByDefault[kind] ?? false) : chosen === 'auto';
}

/** `null` goes back to the machine's default. */
export function choosePoolSize(kind: JobKind, size: WantedPool | null): void {
  changeSettings({ [poolSettings[kind]]: size });
}
