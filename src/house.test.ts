import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = import.meta.dirname;
const files = filesBelow(src);
const modules = files.filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [relative(src, path).split(sep).join('/')];
  });
}

/** The modules that a module imports, including type imports and dynamic imports. */
function importsOf(file: string, pattern = /(?:from|import)\s*\(?\s*'(\.[^'?]+)/g): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(pattern)].map(([, to = '']) => posix.join(posix.dirname(file), to));
}

/** The imports between folders, where folders below the given depth count as part of their parent at that depth. */
function folderGraph(depth: number): Map<string, Set<string>> {
  const folderOf = (file: string) => posix.dirname(file).split('/').slice(0, depth).join('/');
  const graph = new Map<string, Set<string>>();
  for (const file of modules) {
    const from = folderOf(file);
    const targets = graph.get(from) ?? new Set();
    graph.set(from, targets);
    for (const to of importsOf(file)) if (folderOf(to) !== from) targets.add(folderOf(to));
  }
  return graph;
}

/** Folders that import themselves through others. */
function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reachable = (start: string): Set<string> => {
    const seen = new Set<string>();
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const next of graph.get(at) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    return seen;
  };
  return [...graph.keys()].filter((folder) => reachable(folder).has(folder));
}

describe('the house', () => {
  test.each([1, 2, 3, 99])('has no folders that import each other, at depth %i', (depth) => {
    const graph = folderGraph(depth);
    expect(circles(graph)).toEqual([]);
    expect(graph.size).toBeGreaterThan(4);
  });

  test('has no modules that import each other', () => {
    expect(circles(new Map(modules.map((file) => [file, new Set(importsOf(file))])))).toEqual([]);
  });

  test('sees a circle where there is one', () => {
    const graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['a'])],
      ['d', new Set(['a'])],
    ]);
    expect(circles(graph)).toEqual(['a', 'b', 'c']);
  });

  test('has no module over 300 lines', () => {
    const long = modules.filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  test('has no folder with more than 20 modules, and at most 12 entries at the top of the engine', () => {
    const counts = new Map<string, number>();
    for (const file of modules) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
    expect(readdirSync(join(src, 'engine')).length).toBeLessThanOrEqual(12);
  });

  test('makes no folders by what never ends where a folder can hold none', () => {
    const recursive = modules.filter((file) =>
      /mkdir(?:Sync)?\([^;]*recursive/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(recursive).toEqual([]);
  });

  test('loads what is in task/ in workers only', () => {
    const values = /^(?:import|export) (?!type\b)[^;]*?from '(\.[^'?]+)'/gm;
    const mainSide = modules.filter(
      (file) =>
        file.startsWith('engine/') &&
        !file.includes('/task/') &&
        file !== 'engine/worker.ts' &&
        file !== 'engine/fetches/then-thumbnail/thumbnails-at-once.ts',
    );
    const wrong = mainSide.flatMap((file) =>
      importsOf(file, values)
        .filter((to) => to.includes('/task/'))
        .map((to) => `${file} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});
