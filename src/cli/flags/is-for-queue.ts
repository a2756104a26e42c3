/** Whether a run is handed out: to --detach something, it has to be. */
export function isForQueue({
  queue,
  detach,
}: {
  readonly queue?: string;
  readonly detach?: boolean;
}): boolean {
  return queue !== undefined || detach === true;
}
