import { Slider } from '@mantine/core';
import { t, told } from '../../../../languages/translate.ts';
import type { OutputFormat } from '../../../../shared/settings/choices.ts';
import { thumbnailSettings } from '../../../../shared/settings/thumbnail-settings.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import classes from './Choices.module.css';

interface QualityFieldProps {
  readonly formats: readonly OutputFormat[];
  readonly value: number;
  /** Whether all that is given keeps a format that has no quality. */
  readonly withoutQuality: boolean;
  /** What it comes to, such as "about 9 kB each". */
  readonly each?: string | undefined;
  readonly onChange: (value: number) => void;
}

const { min, max, field } = thumbnailSettings.quality;

function meaningFor(format: OutputFormat | 'several'): string {
  switch (format) {
    case 'same':
    case 'several':
      return t('Of JPEG, WebP and AVIF. On other formats it has no effect.');
    case 'jpeg':
      return t('From 80 on hardly to be told from the original; below 50 blocks show.');
    case 'png':
      return t('PNG loses nothing: quality has no effect.');
    case 'webp':
      return t('From 75 on hardly to be told from the original, in less space than JPEG.');
    case 'avif':
      return t('50 looks like 80 of a JPEG, in half the space; it takes the longest to write.');
  }
}

/** The quality, with what it means for the format. */
export function QualityField({ formats, value, withoutQuality, each, onChange }: QualityFieldProps) {
  const [first = 'same', ...further] = formats;
  const format = further.length === 0 ? first : 'several';
  const idle = formats.every((each) => each === 'png' || (each === 'same' && withoutQuality));
  const meaning =
    idle && format === 'same'
      ? t('What is given keeps its format, on which quality has no effect.')
      : meaningFor(format);
  const label = told(field.label);
  return (
    <div>
      <div className={classes.qualityHead}>
        <span className={classes.label}>{label}</span>
        {each !== undefined && <span className={`${classes.each} numbers`}>{each}</span>}
      </div>
      <div className={classes.quality}>
        <Slider
          size="sm"
          min={min}
          max={max}
          value={value}
          disabled={idle}
          label={null}
          thumbLabel={label}
          onChange={onChange}
        />
        <NumberField
          label={label}
          hideLabel
          min={min}
          max={max}
          value={value}
          disabled={idle}
          onChange={onChange}
        />
      </div>
      <p className={classes.note}>{meaning}</p>
    </div>
  );
}
