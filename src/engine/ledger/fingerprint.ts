import { hashOfText } from '../files/hash-of-text.ts';

/** A recipe's fingerprint: equal for equal settings, whatever the order of their keys. 16 hexadecimal digits. */
export function fingerprint(recipe: object): string {
  return hashOfText(canonical(recipe)).slice(0, 16);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}
