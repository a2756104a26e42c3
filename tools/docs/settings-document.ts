import { settingGroups } from '../../src/shared/settings/all-settings.ts';
import type { Setting, Settings } from '../../src/shared/settings/setting.ts';
import { thumbnailSettings } from '../../src/shared/settings/thumbnail-settings.ts';
import { table } from './table.ts';

const beginning = `# Settings

Each setting by its flag, its name in the library and its label in the window, or why it needs none there. \`--help\` of a command tells which it takes;
of those of thumbnails \`shoal fetch --thumbs\` takes ${listed(withThumbs())}, too.

This page is written by \`node tools/write-docs.ts\` from \`src/shared/settings\`.
`;

/** docs/settings.md. */
export function settingsDocument(): string {
  const sections = Object.entries<Settings>(settingGroups).map(([about, settings]) => {
    const rows = Object.entries(settings).map(([key, setting]) => [
      flagOf(setting),
      `\`${nameInLibrary(about, key, setting)}\``,
      valuesOf(setting),
      defaultOf(setting),
      setting.help,
      inTheWindow(setting),
    ]);
    const head = ['flag', 'in the library', 'values', 'default', 'what it does', 'in the window'];
    return `\n## Of ${about}\n\n${table(head, rows)}`;
  });
  return beginning + sections.join('');
}

/** The label of its field, or why it has none. */
function inTheWindow({ field, fieldless = '' }: Setting): string {
  if (field === undefined) return fieldless && `No field: ${fieldless}`;
  return field.more === undefined ? field.label : `More › ${field.label}`;
}

function withThumbs(): string[] {
  return Object.values<Setting>(thumbnailSettings).flatMap(({ flag, partOf, withThumbs: words }) =>
    flag !== undefined && partOf === undefined && words !== undefined ? [`\`${flag}\``] : [],
  );
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function flagOf({ flag, value }: Setting): string {
  return flag === undefined ? '' : `\`${[flag, value].filter(Boolean).join(' ')}\``;
}

/** Where the library has it: options of the run by their names, what is in the recipe behind `recipe.`. */
function nameInLibrary(about: string, key: string, { of }: Setting): string {
  if (of === 'access') return `access.${key}`;
  return about === 'thumbnails' || (about === 'fetches' && of === undefined) ? `recipe.${key}` : key;
}

function valuesOf(setting: Setting): string {
  switch (setting.type) {
    case 'integer':
    case 'number':
    case 'pool':
    case 'pools':
    case 'box': {
      const { min, max } = setting;
      return max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max.toLocaleString('en')}`;
    }
    case 'seconds': {
      const { min = 0, moreThan, max } = setting;
      const from = moreThan === undefined ? String(min) : `more than ${moreThan}`;
      return `${from} to ${max.toLocaleString('en')} seconds`;
    }
    case 'milliseconds':
      return `${setting.min / 1_000} to ${(setting.max / 1_000).toLocaleString('en')} seconds (in the library milliseconds)`;
    case 'json':
      return 'JSON';
    case 'bytes':
      return `${setting.min.toLocaleString('en')} bytes or more`;
    case 'switch':
      return 'on, off';
    case 'choice':
    case 'choices':
      return setting.choices.join(', ');
    case 'further':
      return `further ones of ${setting.choices.join(', ')}`;
    case 'boxes':
      return `up to ${setting.most}`;
    case 'thumbnail':
      return 'a size, or none';
    case 'text':
      return setting.expected ?? 'text';
    case 'texts':
      return 'text, repeatable';
    case 'file':
      return 'a path';
    case 'shard':
      return 'such as `3/8`, from 1';
    case 'template':
      return 'a template';
    case 'headers':
      return '`Name: value`';
  }
}

function defaultOf(setting: Setting): string {
  switch (setting.type) {
    case 'switch':
      return setting.default ? 'on' : 'off';
    case 'integer':
    case 'number':
    case 'seconds':
      return setting.default?.toLocaleString('en') ?? '';
    case 'choice':
      return setting.default;
    case 'box':
      return `${setting.default.width}×${setting.default.height}`;
    case 'pools':
      return setting.default.join(', ');
    default:
      return '';
  }
}
