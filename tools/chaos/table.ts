import Table from 'cli-table3';
import type { Findings, Verdict } from './findings.ts';

export interface Row {
  readonly name: string;
  readonly findings: Findings;
  readonly seconds: number;
}

/** A row for each scenario. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['scenario', 'rounds', 'files seen', 'half or wrong', 'duplicates', 'missing', 'parts left'];
  const table = new Table({
    head: [...head, 'ledger sound', 'exit codes', 's', 'verdict'],
    colAligns: ['left', ...Array(6).fill('right'), 'right', 'left', 'right', 'left'],
    style: { head: [], border: [] },
    // A line under the head and none between the rows.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const { name, findings, seconds } of rows) {
    const { filesSeen, wrong, duplicates, missing, partsLeft } = findings;
    const figures = [filesSeen, wrong, duplicates, missing, partsLeft];
    table.push([
      name,
      roundsOf(findings),
      ...figures.map((figure) => figure.toLocaleString('en')),
      ledgers(findings),
      exitCodes(findings.codes),
      seconds.toFixed(0),
      findings.verdict,
    ]);
  }
  return table.toString();
}

/** `3 passed, 1 failed, 0 skipped`, which scripts read. */
export function tallyOf(rows: readonly Row[]): string {
  const count = (verdict: Verdict) => rows.filter(({ findings }) => findings.verdict === verdict).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** What is to be said of a scenario beside its figures. */
export function linesOf({ name, findings }: Row): string[] {
  return [
    ...findings.remarks.map((remark) => `${name}: ${remark}`),
    ...[...findings.complaints].map(
      ([what, times]) => `${name}: FAILED: ${what}${times > 1 ? ` (${times} times)` : ''}`,
    ),
  ];
}

function roundsOf({ rounds, roundsWanted }: Findings): string {
  return rounds < roundsWanted ? `${rounds} of ${roundsWanted}` : String(rounds);
}

function ledgers({ soundLedgers, unsoundLedgers }: Findings): string {
  const all = soundLedgers + unsoundLedgers;
  return all === 0 ? '' : `${soundLedgers} of ${all}`;
}

function exitCodes(codes: ReadonlyMap<number, number>): string {
  const sorted = [...codes].sort(([one], [other]) => one - other);
  return sorted.map(([code, times]) => `${code}×${times}`).join(' ');
}
