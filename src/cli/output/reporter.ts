import type { ItemResult, Summary } from '../../shared/result.ts';
import { JsonReporter } from './json-reporter.ts';
import { LiveReporter } from './live-reporter.ts';
import { PlainReporter } from './plain-reporter.ts';

/** How a run is told to whoever started it. */
export interface Reporter {
  total(total: number): void;
  result(result: ItemResult): void;
  warning(warning: string): void;
  summary(summary: Summary): void;
}

/** JSON lines when asked for, a live line on a terminal, plain lines otherwise. */
export function chooseReporter({ json = false }: { json?: boolean }): Reporter {
  if (json) return new JsonReporter();
  return process.stdout.isTTY ? new LiveReporter() : new PlainReporter();
}
