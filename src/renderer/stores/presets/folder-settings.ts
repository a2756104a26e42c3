import { createStore } from 'zustand/vanilla';
import type { InputId, RegisteredInput } from '../../../shared/ipc/inputs.ts';
import type { FolderSettings } from '../../../shared/presets/preset-messages.ts';
import { request } from '../../ipc/api.ts';
import { tellProblem } from '../problem.ts';
import { type SettingValues, takeSettings } from '../setting-values.ts';

/** What the folder that was asked about last says of itself; null if it says nothing. */
interface FolderState {
  readonly folder: InputId | undefined;
  readonly said: FolderSettings | null;
}

export const folderSettingsStore = createStore<FolderState>(() => ({ folder: undefined, said: null }));

/** The folder whose settings count: the only one that is given. Of several none says how all are made. */
export function onlyFolder(inputs: readonly RegisteredInput[]): RegisteredInput | undefined {
  const [first, ...others] = inputs;
  return first?.kind === 'folder' && others.length === 0 ? first : undefined;
}

export async function askFolder(folder: InputId): Promise<void> {
  folderSettingsStore.setState({ folder, said: null });
  const take = (said: FolderSettings | null) => {
    // Another folder may have been given meanwhile.
    if (folderSettingsStore.getState().folder === folder) folderSettingsStore.setState({ said });
  };
  await request('presets:of-folder', { input: folder }).then(take, tellProblem);
}

/** Whether the settings on the screen are those that a folder names already. */
export function areInUse(named: SettingValues, values: SettingValues): boolean {
  return Object.entries(named).every(([key, value]) => JSON.stringify(values[key]) === JSON.stringify(value));
}

/** Takes over what a folder names; the other settings stay as they are, but for what belongs to it. */
export function takeFolderSettings(named: SettingValues, values: SettingValues): void {
  const { force: _ofRun, ...others } = values;
  const parts = {
    ...('box' in named && { furtherBoxes: [] }),
    ...('format' in named && { furtherFormats: [] }),
  };
  takeSettings('thumbnails', { ...others, ...parts, ...named });
}
