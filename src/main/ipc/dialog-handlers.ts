import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import { t, told } from '../../languages/translate.ts';
import { fetchAccessSettings } from '../../shared/settings/fetch-settings.ts';
import { chosenModule } from '../inputs/chosen-module.ts';
import type { FileRegistry } from '../inputs/file-registry.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import { listExtensions, moduleExtensions } from '../inputs/kind-of-file.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import type { OutputRegistry } from '../inputs/output-registry.ts';
import type { DialogHandlers } from './handlers.ts';

/** How inputs are asked for, by the page and by the menu. */
export const inputDialogs = {
  folder: () => ({
    title: t('Open folders of images'),
    properties: ['openDirectory', 'multiSelections'],
  }),
  list: () => ({
    title: t('Open a list of URLs'),
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: t('Lists of URLs'), extensions: [...listExtensions] },
      { name: t('All files'), extensions: ['*'] },
    ],
  }),
  module: () => ({
    title: t('Choose a module with a function'),
    properties: ['openFile'],
    filters: [{ name: t('JavaScript and TypeScript modules'), extensions: [...moduleExtensions] }],
  }),
} satisfies Record<string, () => OpenDialogOptions>;

const nothingChosen = { inputs: [], refused: [] };

/** The system's own dialogs. Main trusts what a person picks there. */
export function dialogHandlers(
  window: () => BrowserWindow | undefined,
  inputs: InputRegistry,
  outputs: OutputRegistry,
  files: FileRegistry,
  modules: ModuleRegistry,
): DialogHandlers {
  const ask = (options: OpenDialogOptions) => askForPaths(window(), options);
  async function askForInputs(options: OpenDialogOptions) {
    const paths = await ask(options);
    return paths.length === 0 ? nothingChosen : inputs.registerPaths(paths);
  }
  return {
    'dialog:open-folder': () => askForInputs(inputDialogs.folder()),
    'dialog:open-list': () => askForInputs(inputDialogs.list()),
    'dialog:open-module': async () => {
      const [path] = await ask(inputDialogs.module());
      return path === undefined ? nothingChosen : chosenModule(modules, path);
    },
    'dialog:choose-output': async () => {
      const [path] = await ask({
        title: t('Choose where results go'),
        properties: ['openDirectory', 'createDirectory'],
      });
      return path === undefined ? null : outputs.register(path);
    },
    'dialog:choose-file': async ({ setting }) => {
      const [path] = await ask({
        title: told(fetchAccessSettings[setting].field.label),
        properties: ['openFile'],
      });
      return path === undefined ? null : files.register(path);
    },
  };
}

export async function askForPaths(
  parent: BrowserWindow | undefined,
  options: OpenDialogOptions,
): Promise<string[]> {
  const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
  return answer.canceled ? [] : answer.filePaths;
}
