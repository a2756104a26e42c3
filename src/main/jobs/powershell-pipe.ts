import { powerShellLine, quoteForPowerShell } from './powershell-quote.ts';

/** The lines of a text file, which PowerShell 5.1 would read by the code page of the system. */
export function linesOfFile(path: string): string {
  return `Get-Content -Encoding UTF8 -LiteralPath ${quoteForPowerShell(path)}`;
}

/** The paths of a folder's files, but for those whose name, or that of a folder below it, begins with a dot. */
export function filesOfFolder(folder: string, recursive: boolean): string {
  const path = quoteForPowerShell(folder);
  const names = `Get-ChildItem -LiteralPath ${path} -File -Name${recursive ? ' -Recurse' : ''}`;
  return String.raw`${names} | Where-Object { $_ -notmatch '(^|\\)\.' } | ForEach-Object { [IO.Path]::Combine(${path}, $_) }`;
}

/** Hands lines to a program. As UTF-8, in the place of PowerShell 5.1's ASCII, which has no accents. */
export function pipedByPowerShell(writers: readonly string[], words: readonly string[]): string {
  return `$OutputEncoding = [Text.UTF8Encoding]::new(); & { ${writers.join('; ')} } | ${powerShellLine(words)}`;
}
