import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconMinus } from '@tabler/icons-react';
import { memo } from 'react';
import { told } from '../../../../languages/translate.ts';
import { titleOf } from '../../../../shared/error-codes/error-codes.ts';
import type { Row, RowState } from '../../../../shared/ipc/run.ts';
import { stateWords } from '../../../lib/row-words.ts';
import { isMade, noteOf } from '../items/wording.ts';
import classes from './RowTable.module.css';
import { StageBar } from './StageBar.tsx';
import { pixelsOf, sizeOf, timeOf, triesOf } from './table-columns.ts';

const icons: Readonly<Record<RowState, typeof IconCheck>> = {
  working: IconClock,
  done: IconCheck,
  skipped: IconMinus,
  failed: IconAlertTriangle,
  cancelled: IconBan,
};

interface TableRowProps {
  readonly row: Row | undefined;
  readonly y: number;
  readonly position: number;
  readonly current: boolean;
  readonly selected: boolean;
}

export const TableRow = memo(function TableRow({ row, y, position, current, selected }: TableRowProps) {
  const style = { transform: `translateY(${y}px)` };
  // The cells are drawn even before the row has arrived, so that the table keeps its shape for a screen reader.
  const Icon = row && icons[row.state];
  return (
    <div
      className={classes.line}
      style={style}
      data-state={row?.state}
      data-position={position}
      draggable={isMade(row)}
      role="row"
      // The header is the first row.
      aria-rowindex={position + 2}
      aria-current={current ? 'true' : undefined}
      aria-selected={selected}
    >
      <span role="gridcell" className={classes.state}>
        {Icon && <Icon size={14} stroke={1.75} role="img" aria-label={stateWords(row.state)} />}
      </span>
      <span role="gridcell" className={classes.cut} title={row?.name} dir="auto">
        {row?.name}
      </span>
      <span role="gridcell" className={`${classes.cut} ${classes.place}`} title={row?.place} dir="auto">
        {row?.place}
      </span>
      <What row={row} />
      <span role="gridcell" className={classes.time}>
        {row?.stages && <StageBar shares={row.stages} />}
        <span className={`${classes.number} numbers`}>{row && timeOf(row)}</span>
      </span>
      <span role="gridcell" className={`${classes.tries} ${classes.number} numbers`}>
        {row && triesOf(row)}
      </span>
    </div>
  );
});

function What({ row }: { readonly row: Row | undefined }) {
  if (row !== undefined && noteOf(row) !== undefined) return <Note row={row} />;
  return row?.value === undefined ? <Sizes row={row} /> : <Value value={row.value} />;
}

/** What a function of the person's own returned. */
function Value({ value }: { readonly value: string }) {
  return (
    <span
      role="gridcell"
      aria-colspan={2}
      className={`${classes.cut} ${classes.value}`}
      title={value}
      dir="auto"
    >
      {value}
    </span>
  );
}

function Sizes({ row }: { readonly row: Row | undefined }) {
  return (
    <>
      <span role="gridcell" className={`${classes.number} ${classes.cut} numbers`}>
        {row && sizeOf(row)}
      </span>
      <span role="gridcell" className={`${classes.pixels} ${classes.number} numbers`}>
        {row && pixelsOf(row)}
      </span>
    </>
  );
}

/** Why there is nothing to measure. */
function Note({ row }: { readonly row: Row }) {
  const note = noteOf(row);
  return (
    <span role="gridcell" aria-colspan={2} className={`${classes.cut} ${classes.note}`} title={note}>
      {row.error && <strong className={classes.cause}>{told(titleOf(row.error.code))}</strong>}
      {note}
    </span>
  );
}
