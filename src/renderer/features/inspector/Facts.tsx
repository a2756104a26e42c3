import { t, told } from '../../../languages/translate.ts';
import { titleOf } from '../../../shared/error-codes/error-codes.ts';
import type { ItemDetails } from '../../../shared/ipc/item.ts';
import type { Row } from '../../../shared/ipc/run.ts';
import { bytes, count, duration } from '../../lib/format.ts';
import { stateWords } from '../../lib/row-words.ts';
import { wordsOf } from '../../lib/stage-shares.ts';
import classes from './Inspector.module.css';

/** What is known of an item, and nothing of what is not. */
export function Facts({ details }: { readonly details: ItemDetails }) {
  return (
    <dl className={classes.facts}>
      {factsOf(details).map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd className="selectable numbers">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf({ row, value, url, host }: ItemDetails): [name: string, value: string][] {
  const { width, height, ms, tries, error } = row;
  const facts: [string, string | undefined][] = [
    [t('State'), stateWords(row.state)],
    [t('Value'), value ?? row.value],
    [t('Pixels'), width !== undefined && height !== undefined ? `${width} × ${height}` : undefined],
    [t('Size'), sizeOf(row)],
    [t('Time'), ms !== undefined && row.state !== 'skipped' ? timeOf(ms, row) : undefined],
    [t('Tries'), tries !== undefined ? count(tries) : undefined],
    [t('Cause'), error && `${told(titleOf(error.code))} (${error.code})`],
    [t('Message'), error?.message],
    [t('Host'), host],
    [t('URL'), url],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function timeOf(ms: number, { stages }: Row): string {
  const time = ms < 1 ? t('under 1 ms') : duration(ms);
  return stages === undefined ? time : `${time}: ${wordsOf(stages)}`;
}

function sizeOf({ bytesIn, bytesOut }: Row): string | undefined {
  // What is fetched is saved as it came.
  if (bytesIn !== undefined && bytesOut !== undefined && bytesIn !== bytesOut)
    return `${bytes(bytesIn)} → ${bytes(bytesOut)}`;
  const one = bytesOut ?? bytesIn;
  return one === undefined ? undefined : bytes(one);
}
