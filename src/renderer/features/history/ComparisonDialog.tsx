import { Modal } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useState } from 'react';
import type { Compared, Comparison, FormerRun } from '../../../shared/ipc/history.ts';
import { bytes, count, counted } from '../../lib/format.ts';
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
      title="What differs"
      size="xl"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
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
              <span className={classes.hidden}>What</span>
            </th>
            <RunHead run={a} />
            <RunHead run={b} />
          </tr>
        </thead>
        <tbody>
          <Row name="Result" a={resultWords(a)} b={resultWords(b)} />
          {settings.map(({ name, a: one, b: other }) => (
            <Row key={`setting ${name}`} name={name} a={one ?? 'as usual'} b={other ?? 'as usual'} />
          ))}
          {causes.map(({ title, a: one, b: other }) => (
            <Row key={`cause ${title}`} name={title} a={count(one)} b={count(other)} />
          ))}
        </tbody>
      </table>
      <h3 className={classes.heading}>
        {differ === 0
          ? 'No item ended differently'
          : `${counted(differ, 'item')} ended differently${differ > items.length ? `; the first ${count(items.length)}:` : ''}`}
      </h3>
      {items.length > 0 && <Items items={items} />}
    </>
  );
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
    <div ref={setScroller} className={classes.items} tabIndex={0} role="group" aria-label="Items that differ">
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
  if (of === undefined) return 'absent';
  const { status, cause, bytes: size, width, height } = of;
  if (cause !== undefined) return `${status}: ${cause}`;
  const pixels = width === undefined || height === undefined ? [] : [`${width} × ${height}`];
  return [status, ...pixels, ...(size === undefined ? [] : [bytes(size)])].join(', ');
}
