/** What the name of a worker says. One that is not of our making tells neither process nor version. */
export interface NamedWorker {
  readonly machine: string;
  readonly process?: string;
  readonly program?: string;
}

/** A worker's name says its machine, its process and its version. */
export function readWorkerName(name: string): NamedWorker {
  const [, machine, process, program] = /^(.+)-(\d+)-shoal-(.+)$/.exec(name) ?? [];
  if (machine === undefined || process === undefined || program === undefined) return { machine: name };
  return { machine, process, program };
}
