import type * as z from 'zod/mini';
import { UsageError } from '../../engine/index.ts';

/**
 * Validates what was built from flags.
 * @throws UsageError with a line for each setting that is out of bounds.
 */
export function checked<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: z.input<Schema>,
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new UsageError(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'), {
    cause: error,
  });
}
