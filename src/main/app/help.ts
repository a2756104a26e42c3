import { dialog, shell } from 'electron';
import { t } from '../../languages/translate.ts';

/** Opens the documentation that came with the app, so that it is the one of this version. */
export async function showDocumentation(file: string): Promise<void> {
  // What opens it is another program, which cannot read the app's archive: the file lies beside that.
  const outside = file.replace(/\bapp\.asar(?=[\\/])/, 'app.asar.unpacked');
  const problem = await shell.openPath(outside);
  if (problem !== '') dialog.showErrorBox(t('The documentation cannot be opened'), `${outside}: ${problem}`);
}
