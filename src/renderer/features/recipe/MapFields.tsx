import { mapRecipeSettings } from '../../../shared/settings/map-settings.ts';
import { walkSettings } from '../../../shared/settings/run-settings.ts';
import { changeSetting, useSettingValues } from '../../stores/setting-values.ts';
import { seenSettings } from './fields/field-rows.ts';
import { MoreSettings } from './fields/MoreSettings.tsx';
import { SettingFields } from './fields/SettingFields.tsx';

const seen = seenSettings({ recursive: walkSettings.recursive });

/** How a function of the person's own is applied. What it does stands in its module. */
export function MapFields() {
  const values = useSettingValues('map');
  const change = (key: string, value: unknown) => changeSetting('map', key, value);
  return (
    <>
      <SettingFields settings={seen} values={values} onChange={change} />
      <MoreSettings settings={mapRecipeSettings} values={values} onChange={change} />
    </>
  );
}
