import { VisuallyHidden } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect, useRef } from 'react';
import { hasPlace } from '../../lib/ranges.ts';
import { rowAt } from '../../stores/row-cache.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import { NewestButton } from './NewestButton.tsx';
import { NoItems } from './NoItems.tsx';
import classes from './RowTable.module.css';
import { TableRow } from './TableRow.tsx';
import { columnWidths, tableColumns } from './table-columns.ts';
import { useFollow } from './use-follow.ts';
import { useRows, useVisibleRows } from './use-rows.ts';
import { useSelecting } from './use-selecting.ts';

const rowHeight = 28;
const widths = { '--column-widths': columnWidths } as CSSProperties;

/** One line for each item: its name, its outcome, and the reason if it failed. */
export function RowTable() {
  const scroller = useRef<HTMLDivElement>(null);
  const narrowing = useStore(runStore, ({ rows: { narrowing: wanted } }) => wanted);
  const { following, toEnd, goOn } = useFollow(scroller, narrowing);
  const rows = useRows(scroller, goOn);
  const grows = useStore(runStore, ({ run }) => run !== undefined && run.state !== 'finished');
  const { ref: sizer, height } = useElementSize();
  const ref = useMergedRef(scroller, sizer);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingEnd: 12,
  });
  // When the window's height changes, the end of the list is at another scroll position.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what is followed
  useEffect(goOn, [height]);
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
      style={widths}
      role="grid"
      aria-multiselectable
      aria-label="Items"
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup">
        <div className={classes.head} role="row" aria-rowindex={1}>
          <span role="columnheader">
            <VisuallyHidden>State</VisuallyHidden>
          </span>
          <span role="columnheader">Name</span>
          <span role="columnheader">Result</span>
          {tableColumns.map(({ key, kind, heading }) => (
            <span key={key} role="columnheader" className={kind === 'text' ? classes.cut : classes.number}>
              {heading}
            </span>
          ))}
        </div>
      </div>
      {/* A scrolling area must be reachable by keyboard. A table element cannot be virtualised, hence the roles. */}
      <div ref={ref} className={classes.scroller} tabIndex={0} role="rowgroup" aria-label="Items">
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
