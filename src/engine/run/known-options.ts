import { UsageError } from '../../shared/failure.ts';

/**
 * Rejects unknown options: a typing error in a name would otherwise be ignored silently.
 * @throws UsageError for an option that does not exist.
 */
export function assertKnown(options: object, known: Readonly<Record<string, true>>): void {
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  throw new UsageError(`Expected no option of the name ${unknown.join(', ')}: there is none.`);
}
