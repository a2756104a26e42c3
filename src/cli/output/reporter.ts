import type { ItemResult, Summary } from '../../shared/result.ts';
import { JsonReporter } from './json-reporter.ts';
import { PlainReporter } from './plain-reporter.ts';

/** How a run is told to whoever started it. */
export interface Reporter {
  total(total: number): void;
  result(result: ItemResult): void;
  warning(warning: string): void;
  summary(summary: Summary): void;
}

/** JSON lines when asked for, a live line on a terminal, plain lines otherwise. */
export async function chooseReporter({ json = false }: { json?: boolean }): Promise<Reporter> {
  if (json) return new JsonReporter();
  if (!process.stdout.isTTY) return new PlainReporter();
  // What draws on a terminal takes a while to load, and is of no use to a pipe.
  const { LiveReporter } = await import('./live-reporter.ts');
  return new LiveReporter();
}
