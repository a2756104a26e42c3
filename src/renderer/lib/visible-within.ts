import { visibleText } from '../../shared/visible-text.ts';

/**
 * A message with each of its texts as visible text: a name with direction marks in it could be read as another name.
 * Parts that need no change are not copied, because hardly any message has such texts.
 */
export function visibleWithin<Value>(value: Value): Value {
  return within(value) as Value;
}

function within(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) {
    const seen = value.map(within);
    return seen.every((field, at) => field === value[at]) ? value : seen;
  }
  if (typeof value !== 'object' || value === null) return value;
  let seen: Record<string, unknown> | undefined;
  for (const [key, field] of Object.entries(value)) {
    const shown = within(field);
    if (shown === field) continue;
    seen ??= { ...value };
    seen[key] = shown;
  }
  return seen ?? value;
}
