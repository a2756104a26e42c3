import { t } from '../../../languages/translate.ts';
import { Panel } from '../../components/Panel.tsx';
import { runStore } from '../../stores/run.ts';
import { poolSizesUsed } from '../../stores/run-view.ts';
import { screenStore } from '../../stores/screen.ts';
import { useStage } from '../../stores/stage.ts';
import { useStore } from '../../stores/use-store.ts';
import { LanesPanel } from './Lanes.tsx';
import classes from './PoolPanel.module.css';
import { AutomaticSwitch, PoolSlider } from './PoolSlider.tsx';

/** The pool size and its effect on throughput. */
export function PoolPanel() {
  const stage = useStage();
  const tab = useStore(screenStore, (state) => state.tab);
  return (
    <>
      {stage === 'finished' && tab === 'run' ? (
        <SizesUsed />
      ) : (
        <Panel title={t('Pool size')} aside={<AutomaticSwitch />}>
          <PoolSlider />
        </Panel>
      )}
      {stage === 'working' && <LanesPanel />}
    </>
  );
}

/** After a run the slider could change nothing: the sizes that the run used are shown instead. */
function SizesUsed() {
  const run = useStore(runStore, (state) => state.run);
  if (run === undefined) return null;
  const sizes = poolSizesUsed(run);
  return (
    <Panel title={t(sizes.length === 1 ? 'Pool size' : 'Pool sizes used')}>
      <p className={`${classes.sizes} numbers`}>{sizes.join(' → ')}</p>
    </Panel>
  );
}
