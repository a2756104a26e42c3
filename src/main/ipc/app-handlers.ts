import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { firstPoolSize } from '../../engine/index.ts';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import { noticeSchema } from '../../shared/ipc/notices.ts';
import { type Settings, type SettingsChange, settingsSchema } from '../../shared/ipc/settings.ts';
import { usualPools } from '../../shared/settings/pool-sizes.ts';
import { poolCeiling } from '../app/thread-pool.ts';
import type { JsonFile } from '../storage/json-file.ts';
import type { AppHandlers } from './handlers.ts';

interface AppOptions {
  readonly version: string;
  readonly systemLanguage: string;
  readonly settings: JsonFile<Settings>;
  /** The file with the notices of what the app contains. */
  readonly notices: string;
  /** Called with the settings after each change. */
  readonly onChanged: (settings: Settings) => void;
}

export function appHandlers({
  version,
  systemLanguage,
  settings,
  notices,
  onChanged,
}: AppOptions): AppHandlers {
  const info: AppInfo = {
    version,
    ground: ground(),
    platform: process.platform,
    cores: availableParallelism(),
    poolCeiling,
    defaultPoolSize: defaultPoolSize(),
    automaticByDefault: automaticByDefault(),
    standIn: process.versions.electron === undefined,
    systemLanguage,
  };
  return {
    'app:info': async () => info,
    'app:notices': async () => z.array(noticeSchema).parse(JSON.parse(await readFile(notices, 'utf8'))),
    'settings:get': async () => settings.read(),
    'settings:set': async (change) => {
      const next = changed(settings.read(), change);
      settings.write(next);
      onChanged(next);
      return next;
    },
  };
}

function ground(): string[] {
  const { electron, chrome, node } = process.versions;
  const parts = Object.entries({ Electron: electron, Chromium: chrome, Node: node });
  return parts.filter(([, version]) => version !== undefined).map(([name, version]) => `${name} ${version}`);
}

/** The default pool size for each task on this machine: thumbnails need cores, fetches mostly wait. */
export function defaultPoolSize(): AppInfo['defaultPoolSize'] {
  const { thumbnails, fetch, module } = usualPools;
  return {
    thumbnails:
      typeof thumbnails === 'number' ? thumbnails : Math.min(firstPoolSize('thumbnails'), poolCeiling),
    fetch: typeof fetch === 'number' ? fetch : firstPoolSize('fetch'),
    map: typeof module === 'number' ? module : Math.min(firstPoolSize('module'), poolCeiling),
  };
}

/** Whether runs find their pool size themselves unless somebody chooses one. */
export function automaticByDefault(): AppInfo['automaticByDefault'] {
  return {
    thumbnails: usualPools.thumbnails === 'auto',
    fetch: usualPools.fetch === 'auto',
    map: usualPools.module === 'auto',
  };
}

/** Applies a change: `null` removes a value, an absent key keeps it. */
export function changed(settings: Settings, change: SettingsChange): Settings {
  const merged = Object.fromEntries(
    Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null),
  );
  return settingsSchema.parse(merged);
}
