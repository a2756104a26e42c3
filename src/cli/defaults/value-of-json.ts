import { InvalidArgumentError } from 'commander';
import { shownJson } from '../../shared/checks/json-text.ts';
import type { SettingOption } from '../flags/setting-option.ts';
import { parsedTexts } from './read-default.ts';

/**
 * The value of a flag from the configuration file, where it is written as on the command line: a text, a number, a switch
 * or, where there may be several, a list.
 * @throws InvalidArgumentError as the flag itself does.
 */
export function valueOfJson(option: SettingOption, json: unknown): unknown {
  if (option.setting.type === 'json') return parsedTexts(option, [JSON.stringify(json)]);
  const parts = Array.isArray(json) ? json : [json];
  const texts = parts.map((part) => {
    if (['string', 'number', 'boolean'].includes(typeof part)) return String(part);
    throw new InvalidArgumentError(`Expected what the flag takes, got ${shownJson(part)}.`);
  });
  // Some flags take several with commas, and some are repeated.
  return parsedTexts(option, option.isRepeatable ? texts : [texts.join(',')]);
}
