import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Settings } from '../../../shared/settings/setting.ts';
import { thumbnailSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { NumberField } from '../../components/NumberField.tsx';
import classes from './RecipePanel.module.css';
import { SettingFields } from './SettingFields.tsx';

interface BoxFieldsProps {
  /** The thumbnail settings that are shown here, beside the size. */
  readonly settings: Settings;
  readonly recipe: ThumbnailRecipe;
  readonly onChange: (recipe: ThumbnailRecipe) => void;
}

const { min, max, field } = thumbnailSettings.box;

/** The settings of a thumbnail, for given images and downloaded files alike. */
export function BoxFields({ settings, recipe, onChange }: BoxFieldsProps) {
  const { box, format } = recipe;
  return (
    <>
      <div className={classes.pair}>
        <NumberField
          label="Width"
          suffix={field.suffix}
          value={box.width}
          min={min}
          max={max}
          onChange={(width) => onChange({ ...recipe, box: { ...box, width } })}
        />
        <NumberField
          label="Height"
          suffix={field.suffix}
          value={box.height}
          min={min}
          max={max}
          onChange={(height) => onChange({ ...recipe, box: { ...box, height } })}
        />
      </div>
      <SettingFields
        settings={settings}
        recipe={recipe}
        isIdle={(key) => key === 'quality' && format === 'png'}
        onChange={onChange}
      />
    </>
  );
}
