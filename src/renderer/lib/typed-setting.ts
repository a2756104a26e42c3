import { t, told } from '../../languages/translate.ts';
import { headersSchema } from '../../shared/recipe.ts';
import { expectedSentence } from '../../shared/settings/expected-sentence.ts';
import type { Setting } from '../../shared/settings/setting.ts';
import { writtenBytes, writtenHeader } from '../../shared/settings/written-values.ts';
import { type Read, typedNumber } from './typed-number.ts';

export type TypedSetting = Extract<
  Setting,
  { type: 'integer' | 'milliseconds' | 'bytes' | 'text' | 'texts' | 'headers' | 'json' }
>;

/** As many as a request takes. */
const mostTexts = 100;

/** What a person typed for a setting. Undefined as a value: none, which is the default. */
export function readSetting(setting: TypedSetting, text: string): Read<unknown> {
  switch (setting.type) {
    case 'bytes':
      return text.trim() === '' ? { value: undefined } : readBytes(text.trim(), setting.min);
    case 'text':
      if (text === '') return { value: undefined };
      if (setting.pattern?.test(text) ?? true) return { value: text };
      return { problem: told(expectedSentence(setting.expected ?? '')) };
    case 'integer':
      return text.trim() === '' ? { value: undefined } : typedNumber(text, setting);
    case 'json':
      return text.trim() === '' ? { value: undefined } : readJson(text);
    case 'milliseconds':
      return text.trim() === '' ? { value: undefined } : readMilliseconds(text, setting);
    case 'texts': {
      const lines = linesOf(text);
      if (lines.length > mostTexts) return { problem: t('At most {{most}} lines.', { most: mostTexts }) };
      return { value: lines.length === 0 ? undefined : lines };
    }
    case 'headers':
      return readHeaders(linesOf(text));
  }
}

/** The value of a setting as a person would type it. */
export function writtenSetting(setting: TypedSetting, value: unknown): string {
  if (value === undefined) return '';
  switch (setting.type) {
    case 'bytes':
      return writtenSize(Number(value));
    case 'integer':
    case 'text':
      return String(value);
    case 'json':
      return JSON.stringify(value);
    case 'milliseconds':
      return String(Number(value) / 1_000);
    case 'texts':
      return (value as readonly string[]).join('\n');
    case 'headers':
      return Object.entries(value as Readonly<Record<string, string>>)
        .map(([name, text]) => `${name}: ${text}`)
        .join('\n');
  }
}

function readJson(text: string): Read<unknown> {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: t('No JSON yet: such as {"width": 800}.') };
  }
}

function readMilliseconds(
  text: string,
  { min, max }: Extract<Setting, { type: 'milliseconds' }>,
): Read<number> {
  const { value, problem } = typedNumber(text, { min: min / 1_000, max: max / 1_000, fractions: true });
  return problem === undefined ? { value: Math.round(value * 1_000) } : { problem };
}

function readBytes(text: string, least: number): Read<number> {
  const value = writtenBytes(text);
  if (value === undefined) return { problem: t('Bytes, such as 500k or 10M.') };
  return value < least ? { problem: t('{{count, number}} bytes or more.', { count: least }) } : { value };
}

function readHeaders(lines: readonly string[]): Read<unknown> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const header = writtenHeader(line);
    if (header === undefined) return { problem: t('A line such as Accept: image/webp.') };
    headers[header.name] = header.value;
  }
  const { success, error } = headersSchema.safeParse(headers);
  if (success) return { value: lines.length === 0 ? undefined : headers };
  const [issue] = error.issues;
  const [inner] = issue?.code === 'invalid_key' ? issue.issues : [];
  return {
    problem: told(expectedSentence((inner ?? issue)?.message.replace(/^Expected /, '') ?? 'headers')),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `10M` where that is exact. */
function writtenSize(bytes: number): string {
  for (const [unit, size] of [
    ['G', 1024 ** 3],
    ['M', 1024 ** 2],
    ['k', 1024],
  ] as const) {
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}
