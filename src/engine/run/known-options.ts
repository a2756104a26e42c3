import { UsageError } from '../../shared/failure.ts';

/**
 * A slip in an option's name would otherwise do nothing, in silence.
 * @throws UsageError for an option that there is not.
 */
export function assertKnown(options: object, known: Readonly<Record<string, true>>): void {
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  throw new UsageError(`Expected no option of the name ${unknown.join(', ')}: there is none.`);
}
