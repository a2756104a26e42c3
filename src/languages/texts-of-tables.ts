import { adviceFor, errorCodes, titleOf } from '../shared/error-codes/error-codes.ts';
import { fetchSettings } from '../shared/settings/fetch-settings.ts';
import { walkSettings } from '../shared/settings/run-settings.ts';
import type { Setting } from '../shared/settings/setting.ts';
import { thumbnailSettings } from '../shared/settings/thumbnail-settings.ts';

interface TableText {
  readonly text: string;
  readonly isCounted: false;
}

/**
 * What the window takes from tables that the command line shares, and therefore says by `told`: the words of settings
 * and of error codes.
 */
export function textsOfTables(): TableText[] {
  const settings: Setting[] = [thumbnailSettings, fetchSettings, walkSettings].flatMap((table) =>
    Object.values<Setting>(table),
  );
  const codes = errorCodes.flatMap((code) => [titleOf(code), adviceFor(code, 'window')]);
  const texts = [...settings.flatMap(wordsOfField), ...codes];
  return [...new Set(texts)]
    .filter((text) => /\p{L}{2}/u.test(text))
    .map((text) => ({ text, isCounted: false }));
}

function wordsOfField({ field }: Setting): string[] {
  if (field === undefined) return [];
  const { label, hint, suffix, more, choices = {}, told = {} } = field;
  return [label, hint, suffix, more, ...Object.values(choices), ...Object.values(told)].filter(
    (text) => text !== undefined,
  );
}
