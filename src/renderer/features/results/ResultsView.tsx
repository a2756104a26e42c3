import { SegmentedControl } from '@mantine/core';
import { IconLayoutGrid, IconList } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { RunSnapshot } from '../../../shared/ipc/run.ts';
import { inputsStore, kindOf } from '../../stores/inputs.ts';
import { rowsOf } from '../../stores/row-cache.ts';
import { runStore } from '../../stores/run.ts';
import { listedOf } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import { FilterBar } from './FilterBar.tsx';
import { ThumbGrid } from './grid/ThumbGrid.tsx';
import classes from './ResultsView.module.css';
import { SearchAndOrder } from './SearchAndOrder.tsx';
import { SizeSlider } from './SizeSlider.tsx';
import { RowTable } from './table/RowTable.tsx';

type Layout = 'grid' | 'list';

/** The items of the run as they end: thumbnails in a grid, downloads in rows, and either way on demand. */
export function ResultsView() {
  const kind = useStore(runStore, ({ run }) => run?.kind);
  const wanted = useStore(inputsStore, kindOf);
  const runId = useStore(runStore, ({ run }) => run?.runId);
  // A run without an id yet (it is starting) keeps its list when it gets its id; every other new run gets a new list.
  const list = useRef({ number: 0, runId });
  if (runId !== undefined && runId !== list.current.runId) {
    const number = list.current.number + (list.current.runId === undefined ? 0 : 1);
    list.current = { number, runId };
  }
  return <Results key={list.current.number} kind={kind ?? wanted} />;
}

function Results({ kind }: { readonly kind: RunSnapshot['kind'] }) {
  const [layout, setLayout] = useState<Layout>(kind === 'thumbnails' ? 'grid' : 'list');
  return (
    <section className={classes.results} aria-label={t('Items')}>
      <div className={classes.bar}>
        <FilterBar />
        <div className={classes.tools}>
          <SearchAndOrder />
          {layout === 'grid' && <SizeSlider />}
          {kind !== 'map' && (
            <SegmentedControl
              size="xs"
              aria-label={t('Layout')}
              data={[
                { value: 'grid', label: labelled(t('Grid'), IconLayoutGrid) },
                { value: 'list', label: labelled(t('List'), IconList) },
              ]}
              value={layout}
              onChange={setLayout}
            />
          )}
        </div>
      </div>
      <Ahead />
      {layout === 'grid' ? <ThumbGrid /> : <RowTable hasValues={kind === 'map'} />}
    </section>
  );
}

/** Other machines have done more than they have told the results of. */
function Ahead() {
  const ahead = useStore(runStore, ({ run }) =>
    run === undefined ? 0 : rowsOf('all', run.counters) - rowsOf('all', listedOf(run)),
  );
  if (ahead <= 0) return null;
  return (
    <p className={`${classes.ahead} numbers`}>
      {t('{{count, number}} more have ended: they are listed when all of their bucket has.', {
        count: ahead,
      })}
    </p>
  );
}

function labelled(name: string, Icon: typeof IconList) {
  return (
    <span className={classes.layout} title={name}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={classes.hidden}>{name}</span>
    </span>
  );
}
