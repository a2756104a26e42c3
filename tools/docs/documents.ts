import { configurationDocument } from './configuration-document.ts';
import { errorCodesDocument } from './error-codes-document.ts';
import { jsonDocument } from './json-document.ts';
import { mapDocument } from './map-document.ts';
import { manifestSchemaDocument, setsDocument } from './sets-document.ts';
import { settingsDocument } from './settings-document.ts';

/** The pages of docs/ that are derived from the sources, or a part of which is, by their names. */
export const documents: Readonly<Record<string, () => string>> = {
  'configuration.md': configurationDocument,
  'error-codes.md': errorCodesDocument,
  'json.md': jsonDocument,
  'manifest.schema.json': manifestSchemaDocument,
  'map.md': mapDocument,
  'sets.md': setsDocument,
  'settings.md': settingsDocument,
};
