/** Sets an entry, and drops the oldest ones beyond a bound: a Map keeps the order of insertion. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  // Deleted first, so that it comes last.
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
