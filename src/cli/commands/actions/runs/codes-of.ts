import { UsageError } from '../../../../engine/index.ts';
import { errorCodes } from '../../../../shared/error-codes/error-codes.ts';

/** Several may be written into one, separated by commas. @throws UsageError for what is no code. */
export function codesOf(only: readonly string[] | undefined): string[] | undefined {
  const known = new Set<string>(errorCodes);
  const codes = only?.flatMap((text) => text.split(','));
  const unknown = codes?.filter((code) => !known.has(code)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(`Expected codes of failures, such as HTTP_404, got ${unknown.join(', ')}.`);
  }
  return codes;
}
