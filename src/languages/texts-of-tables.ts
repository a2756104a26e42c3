import { adviceFor, errorCodes, titleOf } from '../shared/error-codes/error-codes.ts';
import { formatsInWords } from '../shared/image-formats.ts';
import { queueProblems } from '../shared/machines/queue-problem.ts';
import { builtInPresets } from '../shared/presets/built-in-presets.ts';
import { presetNameFaults } from '../shared/presets/preset-name.ts';
import { expectedSentence } from '../shared/settings/expected-sentence.ts';
import { fetchSettings, headerBesideFraming, headerName } from '../shared/settings/fetch-settings.ts';
import { mapSettings } from '../shared/settings/map-settings.ts';
import { runSettings, walkSettings } from '../shared/settings/run-settings.ts';
import type { Setting } from '../shared/settings/setting.ts';
import { thumbnailSettings } from '../shared/settings/thumbnail-settings.ts';

interface TableText {
  readonly text: string;
  readonly isCounted: false;
}

/**
 * What the window takes from tables that the command line shares, and therefore says by `told`: the words of settings
 * and of error codes, presets, what a queue refuses, and formats whose name is no proper one.
 */
export function textsOfTables(): TableText[] {
  const settings: Setting[] = [
    thumbnailSettings,
    fetchSettings,
    mapSettings,
    walkSettings,
    runSettings,
  ].flatMap((table) => Object.values<Setting>(table));
  const codes = errorCodes.flatMap((code) => [titleOf(code), adviceFor(code, 'window')]);
  const headers = [headerName, headerBesideFraming].map(({ expected }) => expectedSentence(expected));
  const presets = builtInPresets.flatMap(({ label, about }) => [label, about]);
  const ofPresets = [...presets, ...Object.values(presetNameFaults)];
  const ofTheRest = [...headers, ...formatsInWords(), ...codes, ...Object.values(queueProblems)];
  const texts = [...settings.flatMap(wordsOf), ...ofTheRest, ...ofPresets];
  return [...new Set(texts)]
    .filter((text) => /\p{L}{2}/u.test(text))
    .map((text) => ({ text, isCounted: false }));
}

function wordsOf({ field, ...setting }: Setting): string[] {
  if (field === undefined) return [];
  const { label, hint, suffix, more, choices = {}, told = {} } = field;
  const expected = setting.type === 'text' && setting.expected && expectedSentence(setting.expected);
  // What is folded away is told in a list as well as in a heading.
  const texts = [label, hint, suffix, more, more?.toLowerCase(), expected];
  return [...texts, ...Object.values(choices), ...Object.values(told)].filter(
    (text) => text !== undefined && text !== false,
  );
}
