import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { shownValue } from '../../../defaults/apply-defaults.ts';
import { ConfigFile } from '../../../defaults/config-file.ts';
import { configPath } from '../../../defaults/config-path.ts';
import { keysOfSections, sectionOfAll, variableOf } from '../../../defaults/default-names.ts';
import { FolderFile } from '../../../defaults/folder-file.ts';
import { naming } from '../../../defaults/naming.ts';
import { valueOfVariable } from '../../../defaults/read-default.ts';
import { valueOfJson } from '../../../defaults/value-of-json.ts';
import { out } from '../../../output/streams.ts';
import { exitCode } from '../../../process/exit-codes.ts';

interface SetDefault {
  readonly section: string;
  readonly key: string;
  readonly value: unknown;
  readonly from: string;
}

/** `shoal config path`. @returns the exit code. */
export function tellPath(): number {
  out.line(configPath());
  return exitCode.fine;
}

/**
 * `shoal config`: all defaults that are set, each tried as its flag would; those that a run of the folder has, where one is
 * named.
 * @returns the exit code.
 */
export function showConfig(
  program: Command,
  folder: string | undefined,
  { json = false }: { readonly json?: boolean },
): number {
  const path = configPath();
  const set = [...ofEnvironment(program), ...ofFolder(program, folder), ...ofFile(program, path)];
  if (json) {
    for (const { value, ...each } of set) {
      out.line(
        JSON.stringify({
          type: 'default',
          ...each,
          value: shownValue(each.key, value) === '***' ? '***' : value,
        }),
      );
    }
    return exitCode.fine;
  }
  out.line(existsSync(path) ? path : `${path} (not there)`);
  const names = set.map(({ section, key }) => (section === sectionOfAll ? key : `${section}.${key}`));
  const width = Math.max(0, ...names.map((name) => name.length));
  out.lines(
    set.map(({ key, value, from }, at) => {
      const where = from.startsWith(path) ? `line ${from.slice(path.length + 1)}` : from;
      return `  ${(names[at] ?? '').padEnd(width)}  ${shownValue(key, value)} (${where})`;
    }),
  );
  if (set.length === 0) out.line('No defaults are set.');
  return exitCode.fine;
}

function ofEnvironment(program: Command): SetDefault[] {
  const keys = keysOfSections(program).get(sectionOfAll) ?? new Map();
  return [...keys].flatMap(([key, option]) => {
    const from = variableOf(key);
    const text = process.env[from];
    if (text === undefined || text.trim() === '') return [];
    return [{ section: sectionOfAll, key, value: naming(from, () => valueOfVariable(option, text)), from }];
  });
}

function ofFolder(program: Command, folder: string | undefined): SetDefault[] {
  const values = folder === undefined ? [] : (FolderFile.read(program, folder)?.values() ?? []);
  return values.map(({ key, json, from }) => ({ section: 'thumbs', key, value: json, from }));
}

function ofFile(program: Command, path: string): SetDefault[] {
  const known = keysOfSections(program);
  const file = ConfigFile.read(path, known);
  if (!file) return [];
  return file.entries().map(({ section, key, value }) => {
    const option = known.get(section)?.get(key);
    const from = file.placeOf(section, key);
    // Shown as it is written; read only to see whether it can be.
    if (option) naming(from, () => valueOfJson(option, value));
    return { section, key, value, from };
  });
}
