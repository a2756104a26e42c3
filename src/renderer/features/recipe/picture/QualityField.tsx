import { Slider } from '@mantine/core';
import type { OutputFormat } from '../../../../shared/settings/choices.ts';
import { thumbnailSettings } from '../../../../shared/settings/thumbnail-settings.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import classes from './Choices.module.css';

interface QualityFieldProps {
  readonly format: OutputFormat;
  readonly value: number;
  /** Whether all that is given keeps a format that has no quality. */
  readonly withoutQuality: boolean;
  /** What it comes to, such as "about 9 kB each". */
  readonly each?: string | undefined;
  readonly onChange: (value: number) => void;
}

const { min, max, field } = thumbnailSettings.quality;

const meanings: Readonly<Record<OutputFormat, string>> = {
  same: 'Of JPEG, WebP and AVIF. On other formats it has no effect.',
  jpeg: 'From 80 on hardly to be told from the original; below 50 blocks show.',
  png: 'PNG loses nothing: quality has no effect.',
  webp: 'From 75 on hardly to be told from the original, in less space than JPEG.',
  avif: '50 looks like 80 of a JPEG, in half the space; it takes the longest to write.',
};

/** The quality, with what it means for the format. */
export function QualityField({ format, value, withoutQuality, each, onChange }: QualityFieldProps) {
  const idle = format === 'png' || (format === 'same' && withoutQuality);
  const meaning =
    idle && format === 'same'
      ? 'What is given keeps its format, on which quality has no effect.'
      : meanings[format];
  return (
    <div>
      <div className={classes.qualityHead}>
        <span className={classes.label}>{field.label}</span>
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
          thumbLabel={field.label}
          onChange={onChange}
        />
        <NumberField
          label={field.label}
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
