import { runSettings } from '../../../shared/settings/run-settings.ts';
import { Panel } from '../../components/Panel.tsx';
import { inputsStore, kindOf } from '../../stores/inputs.ts';
import { jobStore, setForce } from '../../stores/job.ts';
import { useStore } from '../../stores/use-store.ts';
import { CopyCommand } from './CopyCommand.tsx';
import { FetchFields } from './FetchFields.tsx';
import { OutputField } from './OutputField.tsx';
import classes from './RecipePanel.module.css';
import { SettingField } from './SettingField.tsx';
import { ThumbnailFields } from './ThumbnailFields.tsx';

/** The settings of the next run. All of them are kept for later runs, except for the output folder and `force`. */
export function RecipePanel() {
  const kind = useStore(inputsStore, kindOf);
  const force = useStore(jobStore, (state) => state.force);
  return (
    <Panel title={kind === 'fetch' ? 'Downloads' : 'Thumbnails'}>
      <div className={classes.fields}>
        {kind === 'fetch' ? <FetchFields /> : <ThumbnailFields />}
        <OutputField kind={kind} />
        <SettingField
          setting={runSettings.force}
          value={force}
          onChange={(next) => setForce(next === true)}
        />
        <CopyCommand />
      </div>
    </Panel>
  );
}
