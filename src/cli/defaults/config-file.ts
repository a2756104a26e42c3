import { statSync } from 'node:fs';
import { readSmallFile } from '../../engine/run/front-ends/config.ts';
import {
  lineOfKey,
  shownJson,
  valueOfJsonText,
  withoutByteOrderMark,
} from '../../shared/checks/json-text.ts';
import { UsageError } from '../../shared/failure.ts';
import { meant } from '../../shared/naming/nearest.ts';
import type { SettingOption } from '../flags/setting-option.ts';
import { isThere } from './config-path.ts';
import { keyOf, sectionOfAll } from './default-names.ts';
import { naming } from './naming.ts';
import { valueOfJson } from './value-of-json.ts';

/** What a configuration file says, and where. */
export class ConfigFile {
  readonly path: string;
  readonly #text: string;
  readonly #sections: ReadonlyMap<string, ReadonlyMap<string, unknown>>;

  private constructor(
    path: string,
    text: string,
    sections: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  ) {
    this.path = path;
    this.#text = text;
    this.#sections = sections;
  }

  /**
   * @param known the keys of each section.
   * @returns undefined if there is no such file.
   * @throws UsageError with a sentence for each thing that is wrong with it.
   */
  static read(
    path: string,
    known: ReadonlyMap<string, ReadonlyMap<string, SettingOption>>,
  ): ConfigFile | undefined {
    if (!isThere(path)) return undefined;
    const text = withoutByteOrderMark(readSmallFile(path, 'configuration').toString('utf8'));
    const file = new ConfigFile(path, text, sectionsOf(path, text));
    const faults = file.#faults(known);
    if (faults.length > 0) throw new UsageError(faults);
    return file;
  }

  /**
   * The value that a flag has by this file, that of the section before that of all commands, and its place.
   * @throws UsageError with the line if the flag does not take it.
   */
  valueFor(
    option: SettingOption,
    section: string,
  ): { readonly value: unknown; readonly from: string } | undefined {
    const key = keyOf(option);
    for (const each of [section, sectionOfAll]) {
      const keys = this.#sections.get(each);
      if (!keys?.has(key)) continue;
      const from = this.placeOf(each, key);
      return { value: naming(from, () => valueOfJson(option, keys.get(key))), from };
    }
    return undefined;
  }

  entries(): { readonly section: string; readonly key: string; readonly value: unknown }[] {
    return [...this.#sections].flatMap(([section, keys]) =>
      [...keys].map(([key, value]) => ({ section, key, value })),
    );
  }

  /** `/home/me/.config/shoal/shoal.json:4` */
  placeOf(section: string, key?: string): string {
    const line = lineOfKey(this.#text, key === undefined ? [section] : [section, key]);
    return `${this.path}:${line}`;
  }

  /** Whether other people of this machine can read it. */
  get isPublic(): boolean {
    return process.platform !== 'win32' && (statSync(this.path).mode & 0o044) !== 0;
  }

  #faults(known: ReadonlyMap<string, ReadonlyMap<string, SettingOption>>): string[] {
    const faults: string[] = [];
    for (const [section, keys] of this.#sections) {
      const ofSection = known.get(section);
      if (!ofSection) {
        faults.push(
          `${this.placeOf(section)}: There is no section ${section}${meant(section, known.keys())}.`,
        );
        continue;
      }
      for (const key of keys.keys()) {
        if (ofSection.has(key)) continue;
        const of = section === 'all' ? 'any command' : `shoal ${section}`;
        const told = `There is no setting ${key} of ${of}${meant(key, ofSection.keys())}.`;
        faults.push(`${this.placeOf(section, key)}: ${told}`);
      }
    }
    return faults;
  }
}

function sectionsOf(path: string, text: string): Map<string, Map<string, unknown>> {
  const whole = objectOf(valueOfJsonText(text, path), path);
  const sections = Object.entries(whole).filter(([name]) => name !== '$schema');
  return new Map(
    sections.map(([name, keys]) => [name, new Map(Object.entries(objectOf(keys, `${path}: ${name}`)))]),
  );
}

function objectOf(value: unknown, where: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${where}: Expected an object in braces, got ${shownJson(value)}.`);
}
