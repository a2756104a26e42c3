export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function time(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}

export function bytes(value: number): string {
  if (value < 1_000) return `${Math.round(value)} B`;
  if (value < 1_000_000) return `${Math.round(value / 1_000)} kB`;
  return `${Math.round(value / 100_000) / 10} MB`;
}
