import { t } from '../../../languages/translate.ts';
import { Panel } from '../../components/Panel.tsx';
import { inputsStore, type JobKind, kindOf } from '../../stores/inputs.ts';
import { useStore } from '../../stores/use-store.ts';
import { CopyCommand } from './CopyCommand.tsx';
import { FetchFields } from './FetchFields.tsx';
import { MapFields } from './MapFields.tsx';
import { FolderSettings } from './presets/FolderSettings.tsx';
import { PresetField } from './presets/PresetField.tsx';
import classes from './RecipePanel.module.css';
import { ThumbnailFields } from './ThumbnailFields.tsx';

/** The settings of the next run. They are kept for later runs, but for those that `SessionSettings` has, and the output folder. */
export function RecipePanel() {
  const kind = useStore(inputsStore, kindOf);
  return (
    <Panel title={titles[kind]()}>
      <div className={classes.fields}>
        <PresetField key={kind} kind={kind} />
        {kind === 'thumbnails' && <FolderSettings />}
        <Fields kind={kind} />
        <CopyCommand />
      </div>
    </Panel>
  );
}

const titles: Readonly<Record<JobKind, () => string>> = {
  thumbnails: () => t('Thumbnails'),
  fetch: () => t('Downloads'),
  map: () => t('Your own task'),
};

function Fields({ kind }: { readonly kind: JobKind }) {
  if (kind === 'map') return <MapFields />;
  return kind === 'fetch' ? <FetchFields /> : <ThumbnailFields />;
}
