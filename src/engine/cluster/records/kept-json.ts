import type * as z from 'zod/mini';

/** What a file of a place has in it. Whoever can write there may have written anything. @throws if that is not what is expected. */
export function keptJson<Schema extends z.ZodMiniType>(
  schema: Schema,
  content: Buffer | string,
  name: string,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(content.toString());
  } catch {
    throw new Error(`${name} is damaged: it is not JSON.`);
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [{ path = [] } = {}] = checked.error.issues;
  throw new Error(`${name} is damaged${path.length > 0 ? `, at ${path.join('.')}` : ''}.`);
}
