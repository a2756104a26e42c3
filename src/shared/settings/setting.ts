import type { Box } from './boxes.ts';

/**
 * A setting, declared once as plain data, without zod, so that `--help` does not have to load zod. Its key in the table
 * is its name in requests and in the library. Flags, bounds, defaults, fields of the window, copied commands and
 * docs/settings.md are derived from it.
 */
export type Setting = Words & Kind;

export type Settings = Readonly<Record<string, Setting>>;

interface Words {
  /** The flag on the command line, with its dashes. A setting without one exists only in the library. */
  readonly flag?: string;
  /** The name of the flag's value in the help, with its brackets. */
  readonly value?: string;
  /** The text for `--help` and the docs. For a `--no-…` flag it says what the flag does, not what it turns off. */
  readonly help: string;
  /** Its field in the window. */
  readonly field?: Field;
  /** Why it has no field: what the window has in its place, or why it needs none. A sentence, for docs/settings.md. */
  readonly fieldless?: string;
  /** For settings of thumbnails that `shoal fetch --thumbs` has too: their help text there. */
  readonly withThumbs?: string;
  /** Where a request keeps a setting outside its recipe: `access` is never revealed, `input` is one of its inputs. */
  readonly of?: 'access' | 'input';
  /** It is of one call alone: no variable and no file gives a default for it. Inputs are, too. */
  readonly once?: true;
  /** The setting whose flag sets this one, too. */
  readonly partOf?: string;
  /** The setting that takes what the flag gives beyond the first, where it may be given several times. */
  readonly further?: string;
}

/** The headings below which the window folds away what few people change. */
export type FieldGroup =
  | 'What your function gets'
  | 'When an item fails'
  | 'Workers'
  | 'Which images'
  | 'Names'
  | 'Look'
  | 'Colours and metadata'
  | 'Reading'
  | 'What is fetched'
  | 'Pace'
  | 'Access'
  | 'Writing';

export interface Field {
  readonly label: string;
  readonly suffix?: string;
  /** Where it is folded away. Absent: it is always seen. */
  readonly more?: FieldGroup;
  /** A few words below it: what it does, or how it is written. */
  readonly hint?: string;
  /** Whether what is typed is not shown. */
  readonly hidden?: true;
  /** Two consecutive halves share a row. */
  readonly half?: true;
  /** The label of each choice. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Each choice in a line that tells of a run: "256 × 256, cropped". */
  readonly told?: Readonly<Record<string, string>>;
}

type Kind =
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly default?: number }
  /** May have a fraction. 0, where it is the default, turns it off. */
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly default: number }
  /** May have a fraction. `moreThan` is a lower bound that is itself excluded. */
  | {
      readonly type: 'seconds';
      readonly min?: number;
      readonly moreThan?: number;
      readonly max: number;
      readonly default?: number;
    }
  /** Milliseconds in requests and the library; wherever a person writes or reads them, seconds, which may have a fraction. */
  | { readonly type: 'milliseconds'; readonly min: number; readonly max: number }
  /** May be written as `500k` or `10M`. */
  | { readonly type: 'bytes'; readonly min: number; readonly aSecond?: true; readonly default?: number }
  /** A switch that is on by default has a `--no-…` flag. */
  | { readonly type: 'switch'; readonly default: boolean }
  /** `unsaid` is the value without the flag; the flag cannot name it. */
  | {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly default: string;
      readonly unsaid?: string;
    }
  /** Several choices, separated by commas. */
  | { readonly type: 'choices'; readonly choices: readonly string[]; readonly default: readonly string[] }
  /** What a flag of one choice gives beyond the first, each once. */
  | { readonly type: 'further'; readonly choices: readonly string[]; readonly default: readonly string[] }
  /** Whatever JSON can say. */
  | { readonly type: 'json' }
  /** One line of free text; `expected` describes in words what the pattern allows. */
  | {
      readonly type: 'text';
      readonly pattern?: RegExp;
      readonly expected?: string;
      readonly mayBeEmpty?: true;
    }
  /** Several of them, each by the flag once more. */
  | { readonly type: 'texts'; readonly default: readonly string[] }
  /** A path. */
  | { readonly type: 'file' }
  /** Names of outputs: see `nameTemplateFault`. */
  | { readonly type: 'template' }
  /** A part of the items, such as `3/8`: see `shardFault`. */
  | { readonly type: 'shard' }
  /** Width and height in pixels, each between the bounds. */
  | { readonly type: 'box'; readonly min: number; readonly max: number; readonly default: Box }
  /** Further boxes, at most `most`. */
  | { readonly type: 'boxes'; readonly most: number; readonly default: readonly Box[] }
  /** HTTP header lines, `Name: value`. */
  | { readonly type: 'headers'; readonly default: Readonly<Record<string, string>> }
  /** Whether there is a thumbnail, and its size. */
  | { readonly type: 'thumbnail' }
  /** A pool size, or `auto`. */
  | { readonly type: 'pool'; readonly min: number; readonly max: number }
  /** Pool sizes, separated by commas. */
  | {
      readonly type: 'pools';
      readonly min: number;
      readonly max: number;
      readonly default: readonly number[];
    };

export type ValueOf<Each extends Setting> = Each extends {
  readonly type: 'integer' | 'number' | 'bytes' | 'seconds' | 'milliseconds';
}
  ? number
  : Each extends { readonly type: 'switch' }
    ? boolean
    : Each extends { readonly type: 'choice'; readonly choices: readonly (infer Choice)[] }
      ? Choice
      : Each extends { readonly type: 'choices' | 'further'; readonly choices: readonly (infer Choice)[] }
        ? Choice[]
        : Each extends { readonly type: 'text' | 'file' | 'template' | 'shard' }
          ? string
          : Each extends { readonly type: 'texts' }
            ? string[]
            : Each extends { readonly type: 'json' }
              ? unknown
              : never;
