import { InvalidArgumentError } from 'commander';
import type { SettingOption } from '../flags/setting-option.ts';

const yes = new Set(['1', 'true', 'yes', 'on']);
const no = new Set(['0', 'false', 'no', 'off']);

/**
 * The value of a flag from the text of a variable. Several are a line each.
 * @throws InvalidArgumentError as the flag itself does.
 */
export function valueOfVariable(option: SettingOption, text: string): unknown {
  const separator = option.setting.further === undefined ? '\n' : /[\n,]/;
  const texts = option.isRepeatable ? text.split(separator).map((each) => each.trim()) : [text];
  return parsedTexts(
    option,
    texts.filter((each) => each !== ''),
  );
}

/**
 * The value of a flag from its texts, one each time that the flag would be given.
 * @throws InvalidArgumentError as the flag itself does.
 */
export function parsedTexts(option: SettingOption, texts: readonly string[]): unknown {
  const [first = ''] = texts;
  if (!option.required) {
    const word = first.toLowerCase();
    if (yes.has(word)) return true;
    if (no.has(word)) return option.optional ? undefined : false;
    if (!option.optional) throw new InvalidArgumentError(`Expected true or false, got ${first}.`);
  }
  const { parseArg } = option;
  if (!parseArg) return first;
  return texts.reduce<unknown>((before, text) => parseArg(text, before), undefined);
}
