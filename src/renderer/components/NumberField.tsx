import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type NumberBounds, typedNumber } from '../lib/typed-number.ts';
import { markField } from '../stores/unfit-fields.ts';
import classes from './NumberField.module.css';

interface NumberFieldProps extends NumberBounds {
  readonly label: string;
  readonly value: number;
  readonly suffix?: string;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
  readonly width?: number;
  /** Called only with numbers within the bounds, once they are typed to their end: on Enter, or when the field is left. */
  readonly onChange: (value: number) => void;
}

/** A number between bounds. What is typed stays as it is; what cannot be used is said below, and holds the start up. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, suffix, disabled = false, hideLabel, width, onChange } = props;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  /** What is typed and not applied. */
  const [draft, setDraft] = useState<string>();
  const { problem, value: typed } = draft === undefined ? {} : typedNumber(draft, props);
  const unfit = problem !== undefined && !disabled;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value that was changed elsewhere replaces the draft
  useEffect(() => {
    if (document.activeElement !== input.current) setDraft(undefined);
  }, [value]);
  useEffect(() => markField(id, unfit), [id, unfit]);
  useEffect(() => () => markField(id, false), [id]);

  const apply = () => {
    if (typed === undefined) return;
    setDraft(undefined);
    if (typed !== value) onChange(typed);
  };
  const step = (by: number) => {
    const next = typedNumber(String((typed ?? value) + by), props);
    if (next.value !== undefined) setDraft(String(next.value));
  };
  const pressed = (event: KeyboardEvent) => {
    const act = {
      Enter: apply,
      Escape: () => setDraft(undefined),
      ArrowUp: () => step(1),
      ArrowDown: () => step(-1),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <TextInput
      ref={input}
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...(suffix !== undefined && {
        rightSection: <span className={classes.suffix}>{suffix}</span>,
        rightSectionWidth: `calc(${suffix.length}ch + 10px)`,
        rightSectionPointerEvents: 'none',
      })}
      {...(width !== undefined && { w: width })}
      size="xs"
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: 'numbers' }}
      value={draft ?? String(value)}
      disabled={disabled}
      error={problem}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={pressed}
      onBlur={apply}
    />
  );
}
