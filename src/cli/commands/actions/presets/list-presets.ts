import { listPresets as ownPresets } from '../../../../engine/run/front-ends/presets.ts';
import { builtInPresets } from '../../../../shared/presets/built-in-presets.ts';
import { type Preset, settingsOfPreset, sparePreset } from '../../../../shared/presets/preset.ts';
import { settingsLine } from '../../../../shared/told/settings-line.ts';
import { presetNamed } from '../../../defaults/apply-preset.ts';
import { out } from '../../../output/streams.ts';
import { warn } from '../../../output/verbosity.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { type Columns, tableOfRows } from '../../../tables/table-of-rows.ts';

interface ListedPreset {
  readonly name: string;
  readonly task: string;
  readonly own: boolean;
  readonly about: string;
}

const columns: Columns<ListedPreset> = {
  before: [
    { heading: 'name', align: 'left', width: 24, from: 0, cell: ({ name }) => name },
    { heading: 'for', align: 'left', width: 6, from: 0, cell: ({ task }) => task },
    { heading: 'from', align: 'left', width: 5, from: 100, cell: ({ own }) => (own ? 'you' : 'Shoal') },
  ],
  rest: { heading: 'what it makes', from: 54, cell: ({ about }) => about },
  behind: [],
};

/**
 * `shoal presets`: those that Shoal has itself, then one's own. Files that are none are warned of.
 * @returns the exit code.
 */
export async function listPresets({ json = false }: { readonly json?: boolean }): Promise<number> {
  const { presets, faults } = ownPresets();
  const all: ListedPreset[] = [
    ...builtInPresets.map(({ name, task, about }) => ({ name, task, own: false, about })),
    ...presets.map(({ name, preset }) => ({ name, task: preset.task, own: true, about: aboutOf(preset) })),
  ];
  if (json) {
    for (const preset of all) out.line(JSON.stringify({ type: 'preset', ...preset }));
    for (const fault of faults) out.line(JSON.stringify({ type: 'fault', ...fault }));
  } else {
    out.text(await tableOfRows(all, columns, out.columns));
    for (const { file, reason } of faults) warn(`${file} is no preset: ${reason}`);
  }
  return exitCode.fine;
}

/** `shoal presets show NAME`. @returns the exit code. */
export function showPreset(name: string): number {
  const { task, settings } = presetNamed(name).preset;
  out.text(`${JSON.stringify(sparePreset(task, settings), null, 2)}\n`);
  return exitCode.fine;
}

/** Its settings in a line. */
function aboutOf(preset: Preset): string {
  const settings = settingsOfPreset(preset);
  const kind = preset.task === 'thumbs' ? 'thumbnails' : preset.task;
  return settingsLine({ kind, recipe: settings }) || 'the usual settings';
}
