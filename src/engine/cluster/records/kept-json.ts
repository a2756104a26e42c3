import type * as z from 'zod/mini';

/** The state of a run is not as Shoal writes it: a file of it is damaged, or gone. */
export class DamagedState extends Error {
  override readonly name = 'DamagedState';
}

/** What a file of a place has in it. Whoever can write there may have written anything. @throws DamagedState if that is not what is expected. */
export function keptJson<Schema extends z.ZodMiniType>(
  schema: Schema,
  content: Buffer | string,
  name: string,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(content.toString());
  } catch {
    throw new DamagedState(`${name} is damaged: it is not JSON.`);
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [{ path = [] } = {}] = checked.error.issues;
  throw new DamagedState(`${name} is damaged${path.length > 0 ? `, at ${path.join('.')}` : ''}.`);
}
