import { Fragment } from 'react';
import type { Setting, Settings } from '../../../shared/settings/setting.ts';
import { fieldRows } from './field-rows.ts';
import classes from './RecipePanel.module.css';
import { SettingField } from './SettingField.tsx';

interface SettingFieldsProps<Recipe> {
  readonly settings: Settings;
  readonly recipe: Recipe;
  /** Whether a setting has no effect given the current values of the others. */
  readonly isIdle?: (key: string) => boolean;
  readonly onChange: (recipe: Recipe) => void;
}

/** The fields of all settings of a table that the window shows, in the table's order. */
export function SettingFields<Recipe extends object>(props: SettingFieldsProps<Recipe>) {
  const { settings, recipe, isIdle, onChange } = props;
  const values = recipe as Readonly<Record<string, unknown>>;
  const field = ([key, setting]: readonly [string, Setting]) => (
    <SettingField
      key={key}
      setting={setting}
      value={values[key]}
      disabled={isIdle?.(key) ?? false}
      onChange={(value) => onChange({ ...recipe, [key]: value })}
    />
  );
  return fieldRows(settings).map((row) =>
    row.length === 1 ? (
      <Fragment key={row[0]?.[0]}>{row.map(field)}</Fragment>
    ) : (
      <div key={row[0]?.[0]} className={classes.pair}>
        {row.map(field)}
      </div>
    ),
  );
}
