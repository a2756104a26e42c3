import type { Box } from '../../shared/settings/boxes.ts';
import type { Setting, Settings } from '../../shared/settings/setting.ts';

/** A recipe's settings as arguments of the command line. Settings that have the command's default are left out. */
export function settingArguments(settings: Settings, recipe: object): string[] {
  const values = recipe as Readonly<Record<string, unknown>>;
  return Object.entries(settings).flatMap(([key, setting]) =>
    values[key] === undefined ? [] : argumentsOf(setting, values[key], furtherOf(setting, values)),
  );
}

/** What the flag gives beyond the first. */
function furtherOf({ type, further }: Setting, values: Readonly<Record<string, unknown>>): readonly string[] {
  return type === 'choice' && further !== undefined ? ((values[further] ?? []) as readonly string[]) : [];
}

/** Texts follow a `=`, because they may begin with a dash. */
function argumentsOf(setting: Setting, value: unknown, further: readonly string[]): string[] {
  const { flag } = setting;
  if (flag === undefined) return [];
  if (further.length > 0) return [String(value), ...further].flatMap((each) => [flag, each]);
  switch (setting.type) {
    case 'integer':
    case 'number':
    case 'seconds':
    case 'bytes':
    case 'choice':
      return value === setting.default ? [] : [flag, String(value)];
    case 'milliseconds':
      return [flag, String(Number(value) / 1_000)];
    case 'json':
      return [`${flag}=${JSON.stringify(value)}`];
    case 'switch':
      return value === setting.default ? [] : [flag];
    case 'choices': {
      const chosen = value as readonly string[];
      return chosen.length === 0 ? [] : [flag, chosen.join()];
    }
    case 'text':
    case 'file':
    case 'template':
    case 'shard':
      return [`${flag}=${String(value)}`];
    case 'texts':
      return (value as readonly string[]).map((text) => `${flag}=${text}`);
    case 'headers':
      return Object.entries(value as object).flatMap(([name, text]) => [flag, `${name}: ${text}`]);
    // The sizes of a recipe belong together: the caller, which has the whole recipe, writes them.
    case 'box':
    case 'boxes':
    case 'thumbnail':
    // Written with the setting that it is part of.
    case 'further':
    // The pool size belongs to the run, not to the recipe.
    case 'pool':
    case 'pools':
      return [];
  }
}

/** `75` is 75×75. */
export function sizeText({ width, height }: Box): string {
  return width === height ? String(width) : `${width}x${height}`;
}
