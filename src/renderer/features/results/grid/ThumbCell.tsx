import { IconAlertTriangle, IconBan, IconFile, IconMinus } from '@tabler/icons-react';
import { type CSSProperties, memo, useCallback } from 'react';
import { colourCode } from '../../../../shared/colour-code.ts';
import type { Row } from '../../../../shared/ipc/run.ts';
import { scheduleInFrame } from '../../../lib/frame-budget.ts';
import { stateWords } from '../../../lib/row-words.ts';
import { thumbAddress } from '../../../lib/thumb-address.ts';
import { markImageReady } from '../items/image-ready.ts';
import { isMade, noteOf } from '../items/wording.ts';
import classes from './ThumbCell.module.css';

/** Around a picture, in pixels. */
export const cellPadding = 4;

interface ThumbCellProps {
  /** Absent until main has sent it. */
  readonly row: Row | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly pictureHeight: number;
  readonly place: number;
  readonly of: number;
  /** Whether the keys are at it. */
  readonly current: boolean;
  readonly selected: boolean;
}

/** By which the list tells a screen reader at which item the keys are. */
export function itemId(position: number): string {
  return `item-${position}`;
}

export const ThumbCell = memo(function ThumbCell({
  row,
  x,
  y,
  width,
  pictureHeight,
  place,
  of,
  current,
  selected,
}: ThumbCellProps) {
  return (
    <div
      id={itemId(place - 1)}
      role="option"
      aria-selected={selected}
      className={classes.cell}
      style={{ transform: `translate(${x}px, ${y}px)`, width }}
      data-state={row?.state}
      aria-setsize={of}
      aria-posinset={place}
      aria-current={current ? 'true' : undefined}
      data-position={place - 1}
      draggable={isMade(row)}
      title={row && (noteOf(row) ? `${row.name}\n${noteOf(row)}` : row.name)}
    >
      <div className={classes.picture}>
        {row && <Picture row={row} width={width - 2 * cellPadding} height={pictureHeight} />}
      </div>
      {/* Each name in its own direction, and cut at its own end. */}
      <div className={classes.name} dir="auto">
        {row?.name}
      </div>
    </div>
  );
});

const icons = { failed: IconAlertTriangle, cancelled: IconBan, skipped: IconMinus } as const;

/**
 * Loads a thumbnail. The loads of a screenful are spread over several frames, so that none of these is late; until it is
 * there, its place has its mean colour.
 */
function Thumb({ address, style }: { readonly address: string; readonly style: CSSProperties }) {
  const load = useCallback(
    (image: HTMLImageElement) =>
      scheduleInFrame(() => {
        image.setAttribute('src', address);
        markImageReady(image);
      }),
    [address],
  );
  return <img ref={load} alt="" decoding="async" draggable={false} style={style} />;
}

/** The picture of an item. Its name is shown below it: as an alternative text it would be read twice. */
function Picture({ row, ...room }: { readonly row: Row } & Room) {
  if (row.thumb !== undefined)
    return <Thumb key={row.thumb} address={thumbAddress(row.thumb)} style={placeOf(row, room)} />;
  const Icon = row.state === 'done' || row.state === 'working' ? IconFile : icons[row.state];
  return (
    <>
      <Icon size={24} stroke={1.4} aria-hidden />
      <span className={classes.state}>{stateWords(row.state)}</span>
    </>
  );
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/** What is known of a picture before it is loaded: how large it is drawn, never enlarged, and its mean colour. */
function placeOf({ width, height, colour }: Row, room: Room): CSSProperties {
  if (width === undefined || height === undefined || colour === undefined) return {};
  const scale = Math.min(1, room.width / width, room.height / height);
  return { width: width * scale, height: height * scale, '--colour': colourCode(colour) } as CSSProperties;
}
