import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { t } from '../../../../languages/translate.ts';
import { hasPlace } from '../../../lib/ranges.ts';
import { rowAt } from '../../../stores/row-cache.ts';
import { runStore } from '../../../stores/run.ts';
import { useStore } from '../../../stores/use-store.ts';
import { NewestButton } from '../items/NewestButton.tsx';
import { NoItems } from '../items/NoItems.tsx';
import { sortBy } from '../items/sort-by.ts';
import { useFollow } from '../items/use-follow.ts';
import { useRows, useVisibleRows } from '../items/use-rows.ts';
import { useSelecting } from '../items/use-selecting.ts';
import classes from './RowTable.module.css';
import { TableRow } from './TableRow.tsx';
import { tableColumns, valueColumns } from './table-columns.ts';

const rowHeight = 28;

/** Texts from A on; of numbers the largest come first, which is what a person looks for. */
const sorts = {
  name: 'ascending',
  place: 'ascending',
  size: 'descending',
  pixels: 'descending',
  time: 'descending',
  tries: 'descending',
} as const;

/** One line for each item: what was made of it, how long that took, and the reason if it failed. */
export function RowTable({ hasValues }: { readonly hasValues: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrowing = useStore(runStore, ({ rows: { narrowing: wanted } }) => wanted);
  const sorted = narrowing?.order ?? 'ended';
  const grows = useStore(runStore, ({ run }) => run !== undefined && run.state !== 'finished');
  const { ref: sizer, height } = useElementSize();
  const { following, toEnd, goOn } = useFollow(scroller, height, narrowing);
  const rows = useRows(scroller, goOn);
  const ref = useMergedRef(scroller, sizer);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingEnd: 12,
  });
  const { position: at, chosen } = useSelecting(scroller, {
    columns: 1,
    lines: Math.max(1, Math.floor(height / rowHeight) - 1),
    length: rows.length,
    scrollTo: virtual.scrollToIndex,
  });
  const shown = virtual.getVirtualItems();
  useVisibleRows(rows, shown[0]?.index ?? 0, shown.at(-1)?.index ?? -1);
  return (
    <div
      className={classes.frame}
      data-values={hasValues}
      role="grid"
      aria-multiselectable
      aria-label={t('Items')}
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup">
        <div className={classes.head} role="row" aria-rowindex={1}>
          <span role="columnheader">
            <VisuallyHidden>{t('State')}</VisuallyHidden>
          </span>
          {(hasValues ? valueColumns : tableColumns).map(({ order, heading }) =>
            order === 'value' ? (
              <span key={order} role="columnheader" aria-colspan={2} className={classes.value}>
                {heading()}
              </span>
            ) : (
              <span
                key={order}
                role="columnheader"
                className={classes[order]}
                aria-sort={order === sorted ? sorts[order] : undefined}
              >
                <UnstyledButton
                  className={classes.heading ?? ''}
                  // A second click takes it back.
                  onClick={() => sortBy(order === sorted ? 'ended' : order)}
                >
                  {heading()}
                  {order === sorted && <IconArrowDown size={12} aria-hidden />}
                </UnstyledButton>
              </span>
            ),
          )}
        </div>
      </div>
      {/* A scrolling area must be reachable by keyboard. A table element cannot be virtualised, hence the roles. */}
      <div ref={ref} className={classes.scroller} tabIndex={0} role="rowgroup" aria-label={t('Items')}>
        <div className={classes.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {shown.map((line) => (
            <TableRow
              key={line.index}
              row={rowAt(rows, line.index)}
              y={line.start}
              position={line.index}
              current={line.index === at}
              selected={hasPlace(chosen, line.index)}
            />
          ))}
        </div>
      </div>
      {rows.length === 0 && <NoItems rows={rows} />}
      {!following && rows.length > 0 && grows && narrowing === undefined && <NewestButton onClick={toEnd} />}
    </div>
  );
}
