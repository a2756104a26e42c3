import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFetches } from '../src/engine/fetches/run-fetches.ts';
import { openLedger } from '../src/engine/ledger/sqlite-ledger.ts';
import type { RunContext } from '../src/engine/run/run-options.ts';
import type { FetchSettings } from '../src/shared/recipe.ts';
import { type FetchAccess, fetchRequestSchema } from '../src/shared/requests.ts';
import type { ItemResult, Summary } from '../src/shared/result.ts';

export interface Fetched {
  readonly summary: Summary;
  readonly results: ItemResult[];
  readonly warnings: string[];
  /** The result of an input. */
  of(input: string): ItemResult;
}

/** Whole runs into a folder of their own, with a ledger that they share. */
export class FetchRuns implements Disposable {
  readonly #base = mkdtempSync(join(tmpdir(), 'shoal-fetch-'));
  readonly folder = join(this.#base, 'downloads');

  /** @param urls a list as text, or its lines. */
  async fetch(
    urls: string | readonly string[],
    recipe: FetchSettings = {},
    options: RunContext & { access?: FetchAccess } = {},
  ): Promise<Fetched> {
    const { access, ...runOptions } = options;
    const request = fetchRequestSchema.parse({
      kind: 'fetch',
      inputs: [{ kind: 'text', text: [urls].flat().join('\n') }],
      outputFolder: this.folder,
      recipe,
      access,
    });
    const results: ItemResult[] = [];
    const warnings: string[] = [];
    const ledger = openLedger((warning) => warnings.push(warning), join(this.#base, 'state'));
    try {
      const summary = await runFetches(request, {
        ...(ledger && { ledger }),
        ...runOptions,
        onResult: (result) => {
          results.push(result);
          options.onResult?.(result);
        },
        onWarning: (warning) => warnings.push(warning),
      });
      const of = (input: string): ItemResult => {
        const found = results.find((result) => result.input === input);
        if (!found) throw new Error(`There is no result for ${input}`);
        return found;
      };
      return { summary, results, warnings, of };
    } finally {
      ledger?.close();
    }
  }

  files(): string[] {
    return readdirSync(this.folder).sort();
  }

  [Symbol.dispose](): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}
