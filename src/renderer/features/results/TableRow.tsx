import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconMinus } from '@tabler/icons-react';
import { memo } from 'react';
import { titleOf } from '../../../shared/error-codes/error-codes.ts';
import type { Row, RowState } from '../../../shared/ipc/run.ts';
import classes from './RowTable.module.css';
import { cellText, tableColumns } from './table-columns.ts';
import { isMade, noteOf } from './wording.ts';

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
  const result = row && resultOf(row);
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
        {Icon && <Icon size={14} stroke={1.75} role="img" aria-label={row.state} />}
      </span>
      <span role="gridcell" className={`${classes.cut}`} title={row?.name}>
        {row?.name}
      </span>
      <span role="gridcell" className={`${classes.cut} ${classes.result}`} title={result}>
        {row?.error && <strong className={classes.cause}>{titleOf(row.error.code)}</strong>}
        {result}
      </span>
      {tableColumns.map((column) => {
        const text = row && cellText(column, row);
        return column.kind === 'text' ? (
          <span key={column.key} role="gridcell" className={`${classes.cut} ${classes.result}`} title={text}>
            {text}
          </span>
        ) : (
          <span key={column.key} role="gridcell" className={`${classes.number} numbers`}>
            {text}
          </span>
        );
      })}
    </div>
  );
});

function resultOf(row: Row): string {
  const note = noteOf(row);
  if (note !== undefined) return note;
  if (row.width !== undefined && row.height !== undefined) return `${row.width} × ${row.height}`;
  return row.state === 'done' ? 'Saved' : row.state;
}
