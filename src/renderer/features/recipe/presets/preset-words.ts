import { t, told } from '../../../../languages/translate.ts';
import { type BuiltInPreset, builtInPresets } from '../../../../shared/presets/built-in-presets.ts';
import { picturesLine } from '../../../../shared/told/settings-line.ts';
import type { OfferedPreset } from '../../../stores/presets/presets.ts';

type Preset = Pick<OfferedPreset, 'name' | 'isOwn' | 'settings'>;

export function labelOf(preset: Preset): string {
  if (preset.isOwn) return preset.name;
  return told(builtIn(preset)?.label ?? '') || t('Usual settings');
}

/** What it makes, in a line; empty where there is nothing to say. */
export function aboutPreset(preset: Preset): string {
  const { about } = builtIn(preset) ?? {};
  if (about !== undefined) return told(about);
  return preset.isOwn && 'box' in preset.settings
    ? picturesLine({ kind: 'thumbnails', recipe: preset.settings }, t).join(', ')
    : '';
}

function builtIn({ name, isOwn }: Preset): BuiltInPreset | undefined {
  return isOwn ? undefined : builtInPresets.find((preset) => preset.name === name);
}
