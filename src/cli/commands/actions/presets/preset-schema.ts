import { toJSONSchema } from 'zod/mini';
import { type PresetTask, presetSettingsSchemas, presetTasks } from '../../../../shared/presets/preset.ts';
import { settingOf } from '../../../../shared/settings/all-settings.ts';
import { out } from '../../../output/streams.ts';
import { exitCode } from '../../../process/exit-codes.ts';

type Schema = Readonly<Record<string, unknown>>;

/** `shoal presets schema`. @returns the exit code. */
export function tellPresetSchema(): number {
  out.text(`${JSON.stringify(presetSchemaForEditors(), null, 2)}\n`);
  return exitCode.fine;
}

/** The JSON schema of presets and recipes, from the schemas that they are read with. */
export function presetSchemaForEditors(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A preset or recipe of shoal',
    type: 'object',
    required: ['task', 'settings'],
    // The keys stand here as well, so that an editor offers them before the task is there.
    properties: { $schema: { type: 'string' }, task: { enum: presetTasks }, settings: { type: 'object' } },
    additionalProperties: false,
    oneOf: presetTasks.map((task) => ({
      properties: { task: { const: task }, settings: settingsSchema(task) },
    })),
  };
}

function settingsSchema(task: PresetTask): Schema {
  const {
    $schema: _ofAll,
    $defs: _ofAnyJson,
    ...schema
  } = toJSONSchema(presetSettingsSchemas[task], {
    io: 'input',
    // Checks of several settings together are those of the program alone.
    unrepresentable: 'any',
  }) as Schema;
  return {
    ...schema,
    description: `Settings of shoal ${task}`,
    properties: withHelp(task, schema.properties),
  };
}

/** With what each setting does, as --help tells it. */
function withHelp(task: PresetTask, properties: unknown): Schema {
  const each = Object.entries(properties as Readonly<Record<string, Schema>>).map(([key, schema]) => {
    const setting = settingOf(task, key);
    const description = setting?.help;
    // Whatever JSON can say needs no schema.
    if (setting?.type === 'json') return [key, { description }];
    const nested = key === 'thumbnail' && { properties: withHelp('thumbs', schema.properties) };
    return [key, { description, ...schema, ...nested }];
  });
  return Object.fromEntries(each);
}
