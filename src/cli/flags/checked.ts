import type { $ZodType, input, output } from 'zod/v4/core';
import { checkedSettings } from '../../shared/checked-settings.ts';
import { allSettings } from '../../shared/settings/all-settings.ts';

/** The words for inputs that are arguments, not flags. */
const given: Readonly<Record<string, string>> = { inputs: 'an input', paths: 'a path' };

/**
 * Validates what was built from flags.
 * @throws UsageError with a sentence for each flag that is out of bounds.
 */
export function checked<Schema extends $ZodType>(schema: Schema, value: input<Schema>): output<Schema> {
  return checkedSettings(schema, value, flagOf);
}

function flagOf(path: readonly PropertyKey[]): string {
  const [setting = ''] = path.filter((key) => key !== 'recipe' && key !== 'access').map(String);
  return given[setting] ?? allSettings[setting]?.flag ?? setting;
}
