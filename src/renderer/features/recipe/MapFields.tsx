import { walkSettings } from '../../../shared/settings/run-settings.ts';
import { changeSetting, useSettingValues } from '../../stores/setting-values.ts';
import { seenSettings } from './fields/field-rows.ts';
import { SettingFields } from './fields/SettingFields.tsx';

const seen = seenSettings({ recursive: walkSettings.recursive });

/** All else of a task of the person's own stands in its module. */
export function MapFields() {
  const values = useSettingValues('map');
  const change = (key: string, value: unknown) => changeSetting('map', key, value);
  return <SettingFields settings={seen} values={values} onChange={change} />;
}
