import { withoutHidden } from '../visible-text.ts';
import { builtInPresets } from './built-in-presets.ts';

/** So many characters take less than the 255 bytes that a file's name may have, whatever they are. */
export const longestPresetName = 60;

/** Letters and digits of any script, and what joins words: nothing that a system gives a meaning in names. */
const allowed = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} .,'&_()+-]*$/u;
/** Windows device names, reserved with any extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What is wrong with a preset's name, in sentences. */
export const presetNameFaults = {
  empty: 'A preset needs a name.',
  long: 'The name is too long: 60 characters at most.',
  characters: "Letters, digits, spaces and . , ' & _ - + ( ) only, and a letter or a digit first.",
  end: 'The name must not end with a dot or a space.',
  reserved: 'Windows keeps this name for itself.',
  builtIn: 'Shoal has a preset of this name itself.',
} as const;
export type PresetNameFault = keyof typeof presetNameFaults;

/** The form in which a name is kept: a letter with its accent can be one character or two. */
export function presetName(text: string): string {
  return text.trim().normalize('NFC');
}

/** Why a preset of one's own cannot have this name, which is the name of its file on any system. */
export function presetNameFault(name: string): PresetNameFault | undefined {
  if (name === '') return 'empty';
  if (name.length > longestPresetName) return 'long';
  if (!allowed.test(name) || withoutHidden(name) !== name || name !== name.normalize('NFC'))
    return 'characters';
  if (/[. ]$/.test(name)) return 'end';
  if (device.test(name)) return 'reserved';
  return builtInPresets.some((preset) => isSamePresetName(preset.name, name)) ? 'builtIn' : undefined;
}

/** Many file systems do not tell names apart by case. */
export function isSamePresetName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
