import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { UsageError } from '../../../../shared/failure.ts';
import { builtInPresets } from '../../../../shared/presets/built-in-presets.ts';
import { parsePreset, presetSettingsSchemas } from '../../../../shared/presets/preset.ts';
import { presetSchemaForEditors } from './preset-schema.ts';

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(presetSchemaForEditors());

function isRead(preset: object): boolean {
  try {
    parsePreset(JSON.stringify(preset));
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return false;
  }
}

it.each(builtInPresets.map((preset) => [preset.name, preset] as const))(
  'the schema takes the preset %s',
  (_name, { task, settings }) => {
    expect([validate({ task, settings }), validate.errors]).toEqual([true, null]);
  },
);

it.each<[object, boolean]>([
  [{ $schema: '../preset.schema.json', task: 'thumbs', settings: { quality: 70, exclude: ['*.png'] } }, true],
  [{ task: 'fetch', settings: { perHost: 1, thumbnail: { box: { width: 9, height: 9 } } } }, true],
  [{ task: 'map', settings: { data: { any: ['thing'] }, timeoutMs: 5 } }, true],
  [{ task: 'thumbs', settings: { quality: 101 } }, false],
  [{ task: 'thumbs', settings: { qualitty: 70 } }, false],
  [{ task: 'thumbs', settings: { perHost: 1 } }, false],
  [{ task: 'thumbs', settings: { box: { width: 9 } } }, false],
  [{ task: 'fetch', settings: { headers: {} } }, false],
  [{ task: 'fetch', settings: { thumbnail: { quality: 0 } } }, false],
  [{ task: 'watch', settings: {} }, false],
  [{ task: 'thumbs' }, false],
  [{ settings: {} }, false],
  [{ task: 'thumbs', settings: {}, about: '' }, false],
])('of %j it says the same as the program', (preset, isValid) => {
  expect([validate(preset), isRead(preset)]).toEqual([isValid, isValid]);
});

it('tells of each setting what it does', () => {
  const { oneOf } = presetSchemaForEditors() as unknown as {
    oneOf: readonly { properties: { settings: { properties: Record<string, { description?: string }> } } }[];
  };
  for (const [at, schema] of Object.values(presetSettingsSchemas).entries()) {
    const properties = oneOf[at]?.properties.settings.properties ?? {};
    expect(Object.keys(properties)).toEqual(Object.keys(schema.shape));
    for (const { description } of Object.values(properties)) expect(description).toMatch(/\w/);
  }
});
