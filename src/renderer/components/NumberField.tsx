import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly suffix?: string;
  readonly description?: string;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
  readonly width?: number;
  /** Called only with whole numbers within the bounds. */
  readonly onChange: (value: number) => void;
}

/** A whole number between bounds. For a number out of bounds the field shows an error and `onChange` is not called. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, suffix, description, disabled, hideLabel, width, onChange } = props;
  const [draft, setDraft] = useState<string | number>(value);
  // The value changed elsewhere (the slider, a reset): the draft is out of date.
  useEffect(() => setDraft(value), [value]);
  const error = problemWith(draft, min, max);
  return (
    <NumberInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...(description !== undefined && { description })}
      {...(suffix !== undefined && { suffix: ` ${suffix}` })}
      {...(width !== undefined && { w: width })}
      size="xs"
      min={min}
      max={max}
      value={draft}
      disabled={disabled ?? false}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      error={error}
      onChange={(next) => {
        setDraft(next);
        if (typeof next === 'number' && problemWith(next, min, max) === undefined) onChange(next);
      }}
      onBlur={() => error !== undefined && setDraft(value)}
    />
  );
}

function problemWith(draft: string | number, min: number, max: number): string | undefined {
  const range = `Between ${min.toLocaleString('en')} and ${max.toLocaleString('en')}.`;
  if (typeof draft !== 'number') return range;
  return Number.isInteger(draft) && draft >= min && draft <= max ? undefined : range;
}
