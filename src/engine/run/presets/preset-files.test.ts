import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { tempFolder, writeFiles } from '../../../../test/temp-folder.ts';
import type { Preset } from '../../../shared/presets/preset.ts';
import { listPresets, removePreset, savePreset } from './preset-files.ts';

const small: Preset = { task: 'thumbs', settings: { box: { width: 40, height: 40 } } };
const polite: Preset = { task: 'fetch', settings: { perHost: 1 } };
let folder: string;
beforeEach(() => {
  folder = join(tempFolder(), 'config/presets');
});

it('without a folder there are none, and nothing is made to look for them', () => {
  expect(listPresets(folder)).toEqual({ presets: [], faults: [] });
  removePreset('gone', folder);
  expect(() => readdirSync(folder)).toThrow();
});

it('what is saved is a file of its name with what differs from the defaults, and no other file', () => {
  const preset: Preset = { task: 'thumbs', settings: { ...small.settings, fit: 'inside', quality: 80 } };
  expect(savePreset({ name: ' Für Oma ', preset }, { folder })).toBe('saved');
  expect(readdirSync(folder)).toEqual(['Für Oma.json']);
  expect(JSON.parse(readFileSync(join(folder, 'Für Oma.json'), 'utf8'))).toEqual(small);
  expect(listPresets(folder).presets).toEqual([{ name: 'Für Oma', preset: small }]);
});

it('a name that is taken is left as it is until somebody says to replace it, whatever its case and content', () => {
  writeFiles(folder, { 'Mine.json': 'not mine' });
  expect(savePreset({ name: 'mine', preset: small }, { folder })).toBe('taken');
  expect(readFileSync(join(folder, 'Mine.json'), 'utf8')).toBe('not mine');
  expect(savePreset({ name: 'mine', preset: small }, { folder, replace: true })).toBe('saved');
  expect(readdirSync(folder)).toEqual(['Mine.json']);
  expect(listPresets(folder)).toEqual({ presets: [{ name: 'Mine', preset: small }], faults: [] });
});

it('no name leads out of the folder', () => {
  for (const name of ['../out', '/etc/x', 'a/b', '', 'con', 'web'])
    expect(() => savePreset({ name, preset: small }, { folder, replace: true })).toThrow();
  expect(listPresets(folder)).toEqual({ presets: [], faults: [] });
});

it('a file that cannot be used is told with its name and the reason, and stays', () => {
  writeFiles(folder, {
    'broken.json': '{',
    'con.json': JSON.stringify(small),
    'Good.json': JSON.stringify(small),
    'good.json': JSON.stringify(polite),
    'newer.json': JSON.stringify({ ...small, settings: { hologram: true } }),
    'web.json': JSON.stringify(small),
    'notes.txt': 'no preset, and not said to be one',
  });
  mkdirSync(join(folder, 'folder.json'));
  const { presets, faults } = listPresets(folder);
  expect(presets).toHaveLength(1);
  expect(Object.fromEntries(faults.map(({ file, reason }) => [file, reason]))).toEqual({
    'broken.json': 'It is not JSON.',
    'con.json': 'Windows keeps this name for itself.',
    'folder.json': 'Cannot read the preset folder.json: it is no file.',
    [presets[0]?.name === 'Good' ? 'good.json' : 'Good.json']:
      `Only case or accents tell its name from that of ${presets[0]?.name}.`,
    'newer.json': 'There is no setting hologram of thumbs.',
    'web.json': 'Shoal has a preset of this name itself.',
  });
  expect(readdirSync(folder)).toHaveLength(8);
});

it('a folder that is no folder is told as well', () => {
  writeFiles(join(folder, '..'), { presets: '' });
  expect(listPresets(folder).faults).toEqual([
    { file: 'presets', reason: 'Cannot read presets: is below something that is not a folder' },
  ]);
});

it('of two that differ by case the one that is named is removed', () => {
  writeFiles(folder, { 'a.json': '{}', 'A.json': '{}' });
  removePreset('A', folder);
  expect(readdirSync(folder)).toEqual(['a.json']);
});

it('what cannot be written is not said to be saved', () => {
  mkdirSync(join(folder, '..'), { recursive: true });
  writeFileSync(folder, '');
  expect(() => savePreset({ name: 'x', preset: small }, { folder })).toThrow(
    `Cannot write ${folder}: a file of that name is there`,
  );
});
