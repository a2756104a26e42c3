import { type NumberBounds, typedNumber } from '../lib/typed-number.ts';
import { TypedField } from './TypedField.tsx';

interface NumberFieldProps extends NumberBounds {
  readonly label: string;
  readonly value: number;
  readonly suffix?: string;
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
  readonly width?: number;
  /** Called only with numbers within the bounds, once they are typed to their end. */
  readonly onChange: (value: number) => void;
}

/** A number between bounds. */
export function NumberField({ value, onChange, ...props }: NumberFieldProps) {
  const read = (text: string) => typedNumber(text, props);
  return (
    <TypedField
      {...props}
      numeric
      text={String(value)}
      read={read}
      step={(text, by) => {
        const next = read(String((read(text).value ?? value) + by)).value;
        return next === undefined ? undefined : String(next);
      }}
      onChange={(typed) => {
        if (typed !== value) onChange(typed);
      }}
    />
  );
}
