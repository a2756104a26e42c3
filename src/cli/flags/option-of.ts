import type { Setting } from '../../shared/settings/setting.ts';
import {
  parseBytes,
  parseChoices,
  parseFurtherChoice,
  parseFurtherSize,
  parseFurtherText,
  parseHeader,
  parseInteger,
  parseJson,
  parseMilliseconds,
  parseNameTemplate,
  parseNumber,
  parsePool,
  parsePools,
  parseSeconds,
  parseShard,
  parseText,
  parseThumbs,
} from './parsers.ts';
import { SettingOption } from './setting-option.ts';

/**
 * A setting's flag, with its parser, bounds and default.
 * @param help replaces the setting's own help text.
 */
export function optionOf(setting: Setting, help: string = setting.help): SettingOption {
  const option = withoutDefault(setting, help);
  switch (setting.type) {
    case 'integer':
    case 'number':
    case 'seconds':
      // A default of 0 means no limit, and help does not show it.
      return setting.default ? option.default(setting.default) : option;
    case 'choice':
      return setting.default === setting.unsaid ? option : option.default(setting.default);
    case 'pools':
      return option.default([...setting.default], setting.default.join());
    default:
      // No default for sizes either: commander would add a given size to the default ones.
      return option;
  }
}

/** A flag of the thumbnail settings for a command that makes thumbnails only on request (`--thumbs`). */
export function optionWithThumbs(setting: Setting & { readonly withThumbs: string }): SettingOption {
  const usual = 'default' in setting && setting.default ? ` (default: ${setting.default})` : '';
  return withoutDefault(setting, `with --thumbs: ${setting.withThumbs}${usual}`)
    .onlyWith('thumbs')
    .helpGroup('Thumbnails of what is fetched:');
}

function withoutDefault(setting: Setting, help: string): SettingOption {
  const { flag } = setting;
  if (flag === undefined) throw new TypeError(`Expected a setting with a flag: ${help}.`);
  const option = new SettingOption(setting, flag, help);
  // Under the headings that the window has for them.
  if (setting.field?.more !== undefined) option.helpGroup(`${setting.field.more}:`);
  switch (setting.type) {
    case 'integer':
      return option.argParser(parseInteger(setting.min, setting.max));
    case 'number':
      return option.argParser(parseNumber(setting.min, setting.max));
    case 'seconds':
      return option.argParser(parseSeconds(setting));
    case 'milliseconds':
      return option.argParser(parseMilliseconds(setting));
    case 'json':
      return option.argParser(parseJson);
    case 'bytes':
      return option.argParser(parseBytes(setting.min, setting.aSecond ? ' a second' : ''));
    case 'choice': {
      const choices = setting.choices.filter((choice) => choice !== setting.unsaid);
      const one = option.choices(choices);
      return setting.further === undefined ? one : one.argParser(parseFurtherChoice(choices));
    }
    case 'choices':
      return option.argParser(parseChoices(setting.choices));
    case 'text': {
      const { pattern, expected } = setting;
      return pattern ? option.argParser(parseText(pattern, expected ?? String(pattern))) : option;
    }
    case 'box':
      return option.argParser(parseFurtherSize);
    case 'thumbnail':
      return option.argParser(parseThumbs);
    case 'texts':
      return option.argParser(parseFurtherText);
    case 'headers':
      return option.argParser(parseHeader);
    case 'shard':
      return option.argParser(parseShard);
    case 'pool':
      return option.argParser(parsePool(setting.min, setting.max));
    case 'pools':
      return option.argParser(parsePools(setting.min, setting.max));
    case 'template':
      return option.argParser(parseNameTemplate);
    case 'switch':
    case 'file':
    case 'boxes':
    case 'further':
      return option;
  }
}
