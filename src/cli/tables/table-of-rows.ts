/** A column of a table on the terminal. */
export interface Column<Row> {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** How wide it is at most; what is left of the terminal is that of the column with the rest. */
  readonly width: number;
  /** It is left out of a terminal narrower than this. */
  readonly from: number;
  readonly cell: (row: Row) => string;
}

/** The column that gets what the others leave. */
export type RestColumn<Row> = Pick<Column<Row>, 'heading' | 'from' | 'cell'>;

export interface Columns<Row> {
  readonly before: readonly Column<Row>[];
  readonly rest: RestColumn<Row>;
  readonly behind: readonly Column<Row>[];
}

const gap = '  ';

/** Rows as a table that fits into a terminal. */
export async function tableOfRows<Row>(
  rows: readonly Row[],
  { before, rest, behind }: Columns<Row>,
  columns: number,
): Promise<string> {
  // Loaded here: most commands have no use for it.
  const { default: Table } = await import('cli-table3');
  const fits = ({ from }: Column<Row>): boolean => columns >= from;
  const [left, right] = [before.filter(fits), behind.filter(fits)];
  const taken = [...left, ...right].reduce((sum, { width }) => sum + width + gap.length, 0);
  const middle: Column<Row> = {
    heading: rest.heading,
    align: 'left',
    width: columns - taken,
    from: rest.from,
    cell: (row) => bounded(rest.cell(row), columns - taken),
  };
  const shown = [...left, middle, ...right].filter(fits);
  const table = new Table({
    head: shown.map(({ heading }) => heading),
    colAligns: shown.map(({ align }) => align),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    // Two spaces between the columns, a line under the head and no others: ids are copied from here.
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: gap,
    },
  });
  for (const row of rows) table.push(shown.map(({ cell }) => cell(row)));
  const lines = table.toString().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

function bounded(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
