import { PasswordInput, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { t } from '../../languages/translate.ts';
import type { Read } from '../lib/typed-number.ts';
import { markField } from '../stores/unfit-fields.ts';
import classes from './TypedField.module.css';

/** Puts something into what is typed. @param change is told the text and where the caret is in it. */
export type Insert = (change: (text: string, caret: number) => string) => void;

export interface TypedFieldProps<Value> {
  readonly label: string;
  /** The value as a person would type it. */
  readonly text: string;
  readonly read: (text: string) => Read<Value>;
  readonly suffix?: string;
  readonly hint?: string | undefined;
  readonly placeholder?: string;
  readonly kind?: 'line' | 'lines' | 'hidden';
  readonly numeric?: boolean;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
  readonly width?: number;
  /** What the arrow keys make of a text. */
  readonly step?: (text: string, by: number) => string | undefined;
  /** Called with each text as it is typed, fit or not. */
  readonly onDraft?: (text: string) => void;
  /** Called only with what can be used, once it is typed to its end: on Enter, or when the field is left. */
  readonly onChange: (value: Value) => void;
  /** What stands below a line and puts something into it. */
  readonly children?: (insert: Insert) => ReactNode;
}

/** A text that means something. What is typed stays as it is; what cannot be used is said below, and holds the start up. */
export function TypedField<Value>(props: TypedFieldProps<Value>) {
  const { label, text, read, suffix, hint, placeholder, kind = 'line', numeric = false } = props;
  const { disabled = false, hideLabel, width, step, onDraft, onChange, children } = props;
  const id = useId();
  const line = useRef<HTMLInputElement>(null);
  const [hasFocus, setHasFocus] = useState(false);
  /** What is typed and not applied. */
  const [draft, setDraft] = useState<string>();
  const reading = draft === undefined ? undefined : read(draft);
  const problem = reading?.problem;
  const unfit = problem !== undefined && !disabled;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value that was changed elsewhere replaces the draft
  useEffect(() => {
    if (!hasFocus) setDraft(undefined);
  }, [text]);
  useEffect(() => markField(id, unfit), [id, unfit]);
  useEffect(() => () => markField(id, false), [id]);

  const write = (next: string | undefined) => {
    setDraft(next);
    onDraft?.(next ?? text);
  };
  const apply = () => {
    if (draft === undefined || reading === undefined || reading.problem !== undefined) return;
    setDraft(undefined);
    if (draft !== text) onChange(reading.value);
  };
  const insert: Insert = (change) => {
    const before = draft ?? text;
    write(change(before, line.current?.selectionEnd ?? before.length));
    // What was put in is applied as what is typed: on Enter, or when the field is left.
    line.current?.focus();
  };
  const stepBy = (by: number) => {
    const next = step?.(draft ?? text, by);
    if (next !== undefined) write(next);
  };
  const pressed = (event: KeyboardEvent) => {
    const act = {
      ...(kind !== 'lines' && { Enter: apply }),
      Escape: () => write(undefined),
      ...(step && { ArrowUp: () => stepBy(1), ArrowDown: () => stepBy(-1) }),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const common = {
    ...(hideLabel ? { 'aria-label': label } : { label }),
    ...(width !== undefined && { w: width }),
    ...(hint !== undefined && { description: hint }),
    ...(placeholder !== undefined && { placeholder }),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
    size: 'xs',
    autoComplete: 'off',
    spellCheck: false,
    classNames: {
      input: numeric ? 'numbers' : '',
      description: classes.hint ?? '',
      error: classes.hint ?? '',
    },
    value: draft ?? text,
    disabled,
    error: problem,
    onKeyDown: pressed,
    onFocus: () => setHasFocus(true),
    onBlur: () => {
      setHasFocus(false);
      apply();
    },
  };
  const typed = (event: { currentTarget: { value: string } }) => write(event.currentTarget.value);
  if (kind === 'lines') return <Textarea {...common} autosize minRows={1} maxRows={6} onChange={typed} />;
  if (kind === 'hidden') {
    const toggle = { 'aria-label': t('Toggle password visibility') };
    return <PasswordInput {...common} visibilityToggleButtonProps={toggle} onChange={typed} />;
  }
  const input = (
    <TextInput
      ref={line}
      {...common}
      {...(suffix !== undefined && {
        rightSection: <span className={classes.suffix}>{suffix}</span>,
        rightSectionWidth: `calc(${suffix.length}ch + 10px)`,
        rightSectionPointerEvents: 'none',
      })}
      inputMode={numeric ? 'decimal' : 'text'}
      onChange={typed}
    />
  );
  return children ? (
    <>
      {input}
      {children(insert)}
    </>
  ) : (
    input
  );
}
