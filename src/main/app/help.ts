import { dialog, shell } from 'electron';
import { t } from '../../languages/translate.ts';

/** Opens the documentation that came with the app, so that it is the one of this version. */
export async function showDocumentation(file: string): Promise<void> {
  const problem = await shell.openPath(file);
  if (problem !== '') dialog.showErrorBox(t('The documentation cannot be opened'), `${file}: ${problem}`);
}
