import { t } from '../../languages/translate.ts';

// What is kept on the disk of a job is in English, whatever the window speaks, and is put into words when it is shown.

/** What a list without a file is called. */
export const pastedTitle = 'Pasted list';
const droppedTitle = 'Dropped list';

export const pastedTitles: ReadonlySet<string> = new Set([pastedTitle, droppedTitle]);

/** Where thumbnails go that lie beside their images, where these are in several folders. */
export const inEachFolder = 'thumbs, in each of the folders';

/** The title of a job that was given several inputs. */
export function titleOfSeveral(name: string, further: number): string {
  return further === 0 ? name : `${name} and ${further} more`;
}

/** The title of a job that applies a module to what has this title. */
export function titleOfModule(module: string, title: string): string {
  return `${module}: ${title}`;
}

/** A kept title in the language of the window. */
export function titleInWords(title: string): string {
  const [, name, more] = /^(.+) and (\d+) more$/s.exec(title) ?? [];
  if (name !== undefined) return t('{{name}} and {{more}} more', { name: titleInWords(name), more });
  const [, module, given] = /^(.+?): (.+)$/s.exec(title) ?? [];
  if (module !== undefined && given !== undefined) return titleOfModule(module, titleInWords(given));
  if (title === pastedTitle) return t('Pasted list');
  return title === droppedTitle ? t('Dropped list') : title;
}

/** A kept destination in the language of the window. */
export function destinationInWords(destination: string): string {
  return destination === inEachFolder ? t('thumbs, in each of the folders') : destination;
}
