import type { Command } from 'commander';
import type { Setting } from '../../../../shared/settings/setting.ts';
import { keysOfSections, sectionOfAll } from '../../../defaults/default-names.ts';
import type { SettingOption } from '../../../flags/setting-option.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The JSON schema of shoal.json, from the flags of the program. */
export function configSchema(program: Command): Schema {
  const sections = [...keysOfSections(program)].map(([section, keys]) => [
    section,
    {
      description: section === sectionOfAll ? 'Of all commands' : `Of shoal ${section}`,
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        [...keys].map(([key, option]) => [key, { description: option.description, ...schemaOf(option) }]),
      ),
    },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Defaults of shoal',
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(sections) },
  };
}

function schemaOf({ setting, optional, isRepeatable }: SettingOption): Schema {
  const one = schemaOfOne(setting);
  if (isRepeatable) return { anyOf: [one, { type: 'array', items: one }] };
  return optional ? { anyOf: [{ type: 'boolean' }, one] } : one;
}

function schemaOfOne(setting: Setting): Schema {
  switch (setting.type) {
    case 'switch':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: setting.min, maximum: setting.max };
    case 'number':
      return { type: 'number', minimum: setting.min, maximum: setting.max };
    case 'seconds':
      return { type: 'number', minimum: setting.min ?? setting.moreThan ?? 0, maximum: setting.max };
    case 'milliseconds':
      return { type: 'number', minimum: setting.min / 1_000, maximum: setting.max / 1_000 };
    case 'choice':
      return { enum: setting.choices.filter((choice) => choice !== setting.unsaid) };
    case 'pool':
      return { anyOf: [{ const: 'auto' }, { type: 'integer', minimum: setting.min, maximum: setting.max }] };
    case 'bytes':
    case 'box':
    case 'thumbnail':
      return { type: ['string', 'integer'] };
    case 'choices':
    case 'pools':
      return { type: ['string', 'integer', 'array'] };
    case 'json':
      return {};
    default:
      return { type: 'string' };
  }
}
