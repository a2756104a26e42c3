import { told } from '../../../../languages/translate.ts';
import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import { formatsOf, type OutputFormat, outputFormats } from '../../../../shared/settings/choices.ts';
import { thumbnailSettings } from '../../../../shared/settings/thumbnail-settings.ts';
import classes from './Choices.module.css';

interface FormatsFieldProps {
  readonly recipe: ThumbnailRecipe;
  readonly onChange: (recipe: ThumbnailRecipe) => void;
}

const { field } = thumbnailSettings.format;

/** The formats of the thumbnails: one or several, in the order in which they are chosen. The last one stays. */
export function FormatsField({ recipe, onChange }: FormatsFieldProps) {
  const formats = formatsOf(recipe);
  const take = (next: readonly OutputFormat[]) => {
    const [format, ...furtherFormats] = next;
    if (format) onChange({ ...recipe, format, furtherFormats });
  };
  const toggle = (chosen: OutputFormat) =>
    take(formats.includes(chosen) ? formats.filter((each) => each !== chosen) : [...formats, chosen]);
  return (
    <fieldset className={classes.field}>
      <legend className={classes.label}>{told(field.label)}</legend>
      <div className={classes.choices}>
        {outputFormats.map((format) => {
          const checked = formats.includes(format);
          return (
            <label key={format} className={classes.chip}>
              <input
                type="checkbox"
                className={classes.input}
                checked={checked}
                disabled={checked && formats.length === 1}
                onChange={() => toggle(format)}
              />
              <span>{told(field.choices[format])}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
