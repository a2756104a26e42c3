import { walkSettings } from '../../../shared/settings/run-settings.ts';
import { thumbnailSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { appStore, changeSettings } from '../../stores/app.ts';
import { useStore } from '../../stores/use-store.ts';
import { BoxFields } from './BoxFields.tsx';
import { SettingField } from './SettingField.tsx';

export function ThumbnailFields() {
  const recipe = useStore(appStore, ({ settings }) => settings.thumbnails);
  const recursive = useStore(appStore, ({ settings }) => settings.recursive);
  return (
    <>
      <BoxFields
        settings={thumbnailSettings}
        recipe={recipe}
        onChange={(thumbnails) => changeSettings({ thumbnails })}
      />
      <SettingField
        setting={walkSettings.recursive}
        value={recursive}
        onChange={(next) => changeSettings({ recursive: next === true })}
      />
    </>
  );
}
