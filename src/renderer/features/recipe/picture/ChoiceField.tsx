import { type ReactNode, useId } from 'react';
import { told } from '../../../../languages/translate.ts';
import classes from './Choices.module.css';

interface ChoiceFieldProps<Choice extends string> {
  /** As the table of settings has it, as the names of the choices are. */
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly names: Readonly<Record<string, string>>;
  readonly value: Choice;
  /** What is drawn over the name of a choice. Without it, the names alone are shown. */
  readonly picture?: (choice: Choice) => ReactNode;
  readonly onChange: (value: Choice) => void;
}

/** One of a few choices, all of them in sight. The arrow keys go from one to the next. */
export function ChoiceField<Choice extends string>(props: ChoiceFieldProps<Choice>) {
  const { label, choices, names, value, picture, onChange } = props;
  const name = useId();
  return (
    <fieldset className={classes.field}>
      <legend className={classes.label}>{told(label)}</legend>
      <div className={classes.choices} data-pictures={picture !== undefined}>
        {choices.map((choice) => (
          <label key={choice} className={picture ? classes.card : classes.chip}>
            <input
              type="radio"
              className={classes.input}
              name={name}
              value={choice}
              checked={choice === value}
              onChange={() => onChange(choice)}
            />
            {picture?.(choice)}
            <span>{told(names[choice] ?? choice)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
