import { Modal } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { Compared, Comparison, FormerRun } from '../../../shared/ipc/history.ts';
import { bytes, count } from '../../lib/format.ts';
import { stateWords } from '../../lib/row-words.ts';
import { resultWords, whenWords } from '../../lib/run-words.ts';
import { closeComparison, historyStore } from '../../stores/history.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Dialogs.module.css';

/** Two runs side by side: settings, totals, causes, and the items that ended differently. */
export function ComparisonDialog() {
  const comparison = useStore(historyStore, (state) => state.comparison);
  return (
    <Modal
      opened={comparison !== undefined}
      onClose={closeComparison}
      title={t('What differs')}
      size="xl"
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {comparison && <Differences comparison={comparison} />}
    </Modal>
  );
}

function Differences({
  comparison: { a, b, settings, causes, differ, items },
}: {
  readonly comparison: Comparison;
}) {
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className={classes.hidden}>{t('What')}</span>
            </th>
            <RunHead run={a} />
            <RunHead run={b} />
          </tr>
        </thead>
        <tbody>
          <Row name={t('Result')} a={resultWords(a)} b={resultWords(b)} />
          {settings.map(({ name, a: one, b: other }) => (
            <Row key={`setting ${name}`} name={name} a={one ?? t('as usual')} b={other ?? t('as usual')} />
          ))}
          {causes.map(({ title, a: one, b: other }) => (
            <Row key={`cause ${title}`} name={title} a={count(one)} b={count(other)} />
          ))}
        </tbody>
      </table>
      <h3 className={classes.heading}>{differenceWords(differ, items.length)}</h3>
      {items.length > 0 && <Items items={items} />}
    </>
  );
}

function differenceWords(differ: number, shown: number): string {
  if (differ === 0) return t('No item ended differently');
  if (differ <= shown) return t('{{count, number}} items ended differently', { count: differ });
  return t('{{count, number}} items ended differently; the first {{shown}}:', {
    count: differ,
    shown: count(shown),
  });
}

function RunHead({ run }: { readonly run: FormerRun }) {
  return (
    <th scope="col">
      {run.title}
      <span className={classes.when}>{whenWords(run, Date.now())}</span>
    </th>
  );
}

function Row({ name, a, b }: { readonly name: string; readonly a: string; readonly b: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="numbers">{a}</td>
      <td className="numbers">{b}</td>
    </tr>
  );
}

const lineHeight = 40;

function Items({ items }: Pick<Comparison, 'items'>) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: () => lineHeight,
    overscan: 6,
  });
  return (
    <div
      ref={setScroller}
      className={classes.items}
      tabIndex={0}
      role="group"
      aria-label={t('Items that differ')}
    >
      <ul className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            item && (
              <li key={index} className={classes.item} style={{ transform: `translateY(${start}px)` }}>
                <span className={`${classes.name} selectable`} title={item.name}>
                  {item.name}
                </span>
                <span className={`${classes.change} numbers`}>
                  {wordsOf(item.a)} → {wordsOf(item.b)}
                </span>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** `failed: It is not an image`, `done, 75 × 50, 2.3 kB`, `absent`. */
function wordsOf(of: Compared | undefined): string {
  if (of === undefined) return t('absent');
  const { cause, bytes: size, width, height } = of;
  const status = stateWords(of.status);
  if (cause !== undefined) return `${status}: ${cause}`;
  const pixels = width === undefined || height === undefined ? [] : [`${width} × ${height}`];
  return [status, ...pixels, ...(size === undefined ? [] : [bytes(size)])].join(', ');
}
