import { t } from '../../../languages/translate.ts';
import { Panel } from '../../components/Panel.tsx';
import classes from './MachinesScreen.module.css';

/** What stands beside a run that other machines do: its pools are theirs. */
export function MachinesPanel() {
  return (
    <Panel title={t('On other machines')}>
      <p className={classes.hint}>
        {t(
          'Each worker finds its own pool size, so that there is nothing to set or to pause here. Results come whenever a bucket has ended.',
        )}
      </p>
    </Panel>
  );
}
