import { t } from '../../../languages/translate.ts';
import { Panel } from '../../components/Panel.tsx';
import { inputsStore, kindOf } from '../../stores/inputs.ts';
import { useStore } from '../../stores/use-store.ts';
import { CopyCommand } from './CopyCommand.tsx';
import { FetchFields } from './FetchFields.tsx';
import classes from './RecipePanel.module.css';
import { ThumbnailFields } from './ThumbnailFields.tsx';

/** The settings of the next run. They are kept for later runs, but for those that `SessionSettings` has, and the output folder. */
export function RecipePanel() {
  const kind = useStore(inputsStore, kindOf);
  return (
    <Panel title={kind === 'fetch' ? t('Downloads') : t('Thumbnails')}>
      <div className={classes.fields}>
        {kind === 'fetch' ? <FetchFields /> : <ThumbnailFields />}
        <CopyCommand />
      </div>
    </Panel>
  );
}
