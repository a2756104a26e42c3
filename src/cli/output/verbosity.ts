import { err } from './streams.ts';

/** How much a person wants to be told, as flags say it. */
export interface Verbosity {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Undefined: on a terminal. */
  readonly progress?: boolean;
}

let chosen: Verbosity = {};

export function setVerbosity(verbosity: Verbosity): void {
  chosen = verbosity;
}

/** Whether nothing is told but what fails. */
export const isQuiet = (): boolean => chosen.quiet === true;

/** Whether what is decided is told, too, and the stacks of errors. */
export const isVerbose = (): boolean => chosen.verbose === true;

/** Whether progress is told: `asked` also where it would not be usual. */
export function progressWanted(): 'asked' | 'usual' | 'never' {
  if (chosen.progress === true) return 'asked';
  return chosen.progress === false || isQuiet() ? 'never' : 'usual';
}

export function warn(warning: string): void {
  if (!isQuiet()) err.line(`warning: ${warning}`);
}

/** Something that a person need not act on. */
export function notice(line: string): void {
  if (!isQuiet()) err.line(line);
}

/** What was decided, for those who ask with `--verbose`. */
export function detail(line: string): void {
  if (isVerbose()) err.line(line);
}
