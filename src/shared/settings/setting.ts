/**
 * A setting, declared once: as plain data, without zod, so that telling `--help` does not load that. Its key in the
 * table is its name in requests and in the library. Flags, bounds, defaults, fields of the window, copied commands
 * and docs/settings.md are derived from it.
 */
export type Setting = Words & Kind;

export type Settings = Readonly<Record<string, Setting>>;

interface Words {
  /** On the command line, with the dashes. Without one the setting is the library's alone. */
  readonly flag?: string;
  /** How help names the flag's value, with its brackets. */
  readonly value?: string;
  /** The words of `--help` and of the docs. Those of a `--no-…` flag say what it does, not what it turns off. */
  readonly help: string;
  /** Its field in the window. Without one the window does not show it. */
  readonly field?: Field;
  /** Of the settings of thumbnails: `shoal fetch --thumbs` has it too, told in these words. */
  readonly withThumbs?: string;
  /** Where a request keeps what is not in its recipe: `access` is told to nobody, `input` is one of its inputs. */
  readonly of?: 'access' | 'input';
  /** The setting whose flag gives this one as well. */
  readonly partOf?: string;
}

interface Field {
  readonly label: string;
  readonly suffix?: string;
  /** Two halves that follow one another share a row. */
  readonly half?: true;
  /** What each choice is called. */
  readonly choices?: Readonly<Record<string, string>>;
}

type Kind =
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly default?: number }
  /** Fractions too; `moreThan` excludes the bound itself. */
  | {
      readonly type: 'seconds';
      readonly min?: number;
      readonly moreThan?: number;
      readonly max: number;
      readonly default?: number;
    }
  /** Written as `500k` or `10M`, too. */
  | { readonly type: 'bytes'; readonly min: number; readonly aSecond?: true; readonly default?: number }
  /** What is on by default has a `--no-…` flag. */
  | { readonly type: 'switch'; readonly default: boolean }
  /** `unsaid` is what holds without the flag, and has no word there. */
  | {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly default: string;
      readonly unsaid?: string;
    }
  /** Several of them, with commas between. */
  | { readonly type: 'choices'; readonly choices: readonly string[]; readonly default: readonly string[] }
  /** One line of free text; `expected` tells in words what the pattern allows. */
  | {
      readonly type: 'text';
      readonly pattern?: RegExp;
      readonly expected?: string;
      readonly mayBeEmpty?: true;
    }
  /** A path. */
  | { readonly type: 'file' }
  /** Names of outputs: see `nameTemplateFault`. */
  | { readonly type: 'template' }
  /** Width and height in pixels, each between the bounds. */
  | { readonly type: 'box'; readonly min: number; readonly max: number; readonly default: Sides }
  /** Further ones, at most `most`. */
  | { readonly type: 'boxes'; readonly most: number; readonly default: readonly Sides[] }
  /** Lines of HTTP, `Name: value`. */
  | { readonly type: 'headers'; readonly default: Readonly<Record<string, string>> }
  /** Whether there is a thumbnail, and of what size. */
  | { readonly type: 'thumbnail' }
  /** A size of the pool, or `auto`. */
  | { readonly type: 'pool'; readonly min: number; readonly max: number }
  /** Sizes of the pool, with commas between. */
  | {
      readonly type: 'pools';
      readonly min: number;
      readonly max: number;
      readonly default: readonly number[];
    };

/** Structurally a `Box`: tables import nothing but one another. */
interface Sides {
  readonly width: number;
  readonly height: number;
}

export type ValueOf<Each extends Setting> = Each extends { readonly type: 'integer' | 'bytes' | 'seconds' }
  ? number
  : Each extends { readonly type: 'switch' }
    ? boolean
    : Each extends { readonly type: 'choice'; readonly choices: readonly (infer Choice)[] }
      ? Choice
      : Each extends { readonly type: 'choices'; readonly choices: readonly (infer Choice)[] }
        ? Choice[]
        : Each extends { readonly type: 'text' | 'file' | 'template' }
          ? string
          : never;
