import type { $ZodType, input, output } from 'zod/v4/core';
import { checkedSettings } from '../../shared/checked-settings.ts';

/** Settings whose flag is not the setting's own name. */
const flags: Readonly<Record<string, string>> = {
  box: '--size',
  furtherBoxes: '--size',
  nameTemplate: '--name',
  maxBytes: '--max-size',
  headers: '--header',
  thumbnail: '--thumbs',
  privateAddresses: '--private',
  outputFolder: '--out',
  cookieFile: '--cookies',
  caFile: '--ca',
  inputs: 'an input',
  paths: 'a path',
};

/**
 * Validates what was built from flags.
 * @throws UsageError with a sentence for each flag that is out of bounds.
 */
export function checked<Schema extends $ZodType>(schema: Schema, value: input<Schema>): output<Schema> {
  return checkedSettings(schema, value, flagOf);
}

function flagOf(path: readonly PropertyKey[]): string {
  const [setting = ''] = path.filter((key) => key !== 'recipe' && key !== 'access').map(String);
  return flags[setting] ?? `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
