import { useElementSize, useMergedRef } from '@mantine/hooks';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect, useRef } from 'react';
import { t } from '../../../../languages/translate.ts';
import { loadLastFirst } from '../../../lib/frame-budget.ts';
import { hasPlace } from '../../../lib/ranges.ts';
import { appStore } from '../../../stores/app.ts';
import { rowAt } from '../../../stores/row-cache.ts';
import { runStore } from '../../../stores/run.ts';
import { useStore } from '../../../stores/use-store.ts';
import { NewestButton } from '../items/NewestButton.tsx';
import { NoItems } from '../items/NoItems.tsx';
import { useFastScroll } from '../items/use-fast-scroll.ts';
import { useFollow } from '../items/use-follow.ts';
import { useRows, useVisibleRows } from '../items/use-rows.ts';
import { useSelecting } from '../items/use-selecting.ts';
import { itemId, cellPadding as padding, ThumbCell } from './ThumbCell.tsx';
import classes from './ThumbGrid.module.css';

/** In pixels: below a picture with its name, between cells, and beside all of them. */
const belowPicture = 24;
const gap = 4;
const edge = 12;
/** Lines that are loaded before they are scrolled to, and those that were scrolled past. */
const linesAhead = 4;
const linesBehind = 1;

/** Thumbnails as they are made. Only those in sight are in the page, however many there are. */
export function ThumbGrid() {
  const scroller = useRef<HTMLDivElement>(null);
  const narrowing = useStore(runStore, ({ rows: { narrowing: wanted } }) => wanted);
  const grows = useStore(runStore, ({ run }) => run !== undefined && run.state !== 'finished');
  const { ref: sizer, width, height } = useElementSize();
  const { following, toEnd, goOn } = useFollow(scroller, height, narrowing);
  const rows = useRows(scroller, goOn);
  const ref = useMergedRef(scroller, sizer);
  const size = useStore(appStore, ({ settings }) => settings.gridSize);
  const pictureHeight = Math.round(size * 0.85);
  const cellHeight = pictureHeight + belowPicture + 2 * padding;
  // The cells of a line share what is left over.
  const columns = Math.max(1, Math.floor((width - 2 * edge) / (size + 2 * padding)));
  const cellWidth = Math.floor((width - 2 * edge) / columns);
  const lines = Math.ceil(rows.length / columns);
  const linesInSight = Math.ceil(height / (cellHeight + gap)) + 1;
  const isBackward = useRef(false);
  const virtual = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellHeight + gap,
    overscan: 0,
    // While the list follows the newest items, their pictures are loaded before they are scrolled to.
    rangeExtractor: (range) =>
      following && grows ? withEnd(range, linesInSight) : ahead(range, isBackward.current),
    paddingStart: 4,
    paddingEnd: edge,
  });
  const { position: at, chosen } = useSelecting(scroller, {
    columns,
    lines: Math.max(1, linesInSight - 2),
    length: rows.length,
    scrollTo: (position) => virtual.scrollToIndex(Math.floor(position / columns)),
  });
  useFastScroll(scroller);
  // Of the pictures that wait for their turn, the next to be seen comes first.
  if (virtual.scrollDirection !== null) isBackward.current = virtual.scrollDirection === 'backward';
  loadLastFirst(isBackward.current);
  const shown = virtual.getVirtualItems();
  const first = (virtual.range?.startIndex ?? 0) * columns;
  const last = Math.min(rows.length, ((shown.at(-1)?.index ?? -1) + 1) * columns) - 1;
  useVisibleRows(rows, following ? Math.max(0, last - linesInSight * columns) : first, last);
  // When cells change in number or size, items move to other lines: what was in sight stays there.
  const top = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when it changes
  useEffect(() => {
    virtual.measure();
    if (!following) virtual.scrollToIndex(Math.floor(top.current / columns), { align: 'start' });
    goOn();
  }, [columns, cellHeight]);
  useEffect(() => {
    top.current = first;
  });
  return (
    <div className={classes.frame}>
      {/* A scrolling area must be reachable by keyboard. */}
      <div
        ref={ref}
        className={classes.scroller}
        tabIndex={0}
        role="listbox"
        aria-multiselectable
        aria-activedescendant={at === undefined ? undefined : itemId(at)}
        aria-label={t(narrowing === undefined ? 'Items, in the order in which they ended' : 'Items found')}
      >
        <div
          className={classes.canvas}
          style={
            { height: virtual.getTotalSize(), '--picture-height': `${pictureHeight}px` } as CSSProperties
          }
          role="presentation"
        >
          {shown.flatMap((line) =>
            Array.from({ length: Math.min(columns, rows.length - line.index * columns) }, (_, column) => {
              const position = line.index * columns + column;
              return (
                <ThumbCell
                  key={position}
                  row={rowAt(rows, position)}
                  x={edge + column * cellWidth}
                  y={line.start}
                  width={cellWidth - gap}
                  pictureHeight={pictureHeight}
                  place={position + 1}
                  // -1 is ARIA's "not known yet": the true number would redraw every cell each time it changes.
                  of={grows ? -1 : rows.length}
                  current={position === at}
                  selected={hasPlace(chosen, position)}
                />
              );
            }),
          )}
        </div>
      </div>
      {rows.length === 0 && <NoItems rows={rows} />}
      {!following && rows.length > 0 && grows && narrowing === undefined && <NewestButton onClick={toEnd} />}
    </div>
  );
}

/** The lines in sight, and more of those that come into sight next than of those that were there. */
function ahead(range: Range, isBackward: boolean): number[] {
  const before = isBackward ? linesAhead : linesBehind;
  const after = isBackward ? linesBehind : linesAhead;
  const first = Math.max(0, range.startIndex - before);
  const last = Math.min(range.count - 1, range.endIndex + after);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

/** The lines in sight and those of the list's last screenful. */
function withEnd(range: Range, linesInSight: number): number[] {
  const lines = new Set(defaultRangeExtractor(range));
  for (let line = Math.max(0, range.count - linesInSight); line < range.count; line += 1) lines.add(line);
  return [...lines].sort((one, other) => one - other);
}
