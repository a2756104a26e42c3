const pattern = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

/**
 * The id of a run that starts now: the time in UTC, then four hexadecimal digits for the part of the second, so that ids
 * sort by time. @param ms milliseconds since 1970, with a fraction.
 */
export function runIdAt(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split(/[T.]/);
  const part = Math.floor(((ms % 1_000) / 1_000) * 0x1_0000);
  return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${part.toString(16).padStart(4, '0')}`;
}

export function isRunId(text: string): boolean {
  return pattern.test(text);
}
