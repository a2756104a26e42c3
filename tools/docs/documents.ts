import { configurationDocument } from './configuration-document.ts';
import { errorCodesDocument } from './error-codes-document.ts';
import { settingsDocument } from './settings-document.ts';

/** The pages of docs/ that are derived from the sources, by their names. */
export const documents: Readonly<Record<string, () => string>> = {
  'configuration.md': configurationDocument,
  'error-codes.md': errorCodesDocument,
  'settings.md': settingsDocument,
};
