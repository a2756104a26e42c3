import { keepChoices } from '../settings/choices.ts';

/** What is wrong with a value of a folder's shoal.json, in words that follow "Expected"; undefined if nothing is. */
type Fault = (value: unknown) => string | undefined;

/** The longest side that a folder may ask for, in pixels: pictures of any use on a screen, and no bombs. */
const longestSide = 4_096;

const anyValue: Fault = () => undefined;

const boxes: Fault = (value) =>
  (value as readonly { width: number; height: number }[]).some(
    ({ width, height }) => Math.max(width, height) > longestSide,
  )
    ? `at most ${longestSide} pixels a side`
    : undefined;

/** Where a picture was taken is for its owner to give away. */
const keptOfPictures: readonly string[] = keepChoices.filter(
  (choice) => choice === 'none' || choice === 'icc',
);

const keep: Fault = (value) =>
  keptOfPictures.includes(String(value)) ? undefined : keptOfPictures.join(' or ');

/** A folder that lies in the one of the file: that no link leads out of it is looked at where it is used. */
const within: Fault = (value) => {
  const parts = String(value).split(/[/\\]/);
  const leadsOut = /^(~|[a-z]:|[/\\]|[a-z0-9+.-]+:\/\/)/i.test(String(value)) || parts.includes('..');
  return leadsOut || parts.every((part) => part === '' || part === '.')
    ? 'a folder inside this one'
    : undefined;
};

/**
 * The settings that the shoal.json of a folder may have, each with what its values must be. A folder may come from anybody:
 * what is not here reaches outside of it, gives something away, loosens a limit, or is for the person to say.
 */
export const folderSettings: Readonly<Record<string, Fault>> = {
  box: boxes,
  fit: anyValue,
  position: anyValue,
  background: anyValue,
  sharpen: anyValue,
  format: anyValue,
  quality: anyValue,
  colour: anyValue,
  keep,
  lossless: anyValue,
  progressive: anyValue,
  chroma: anyValue,
  maxOutputBytes: anyValue,
  onlyIfSmaller: anyValue,
  nameTemplate: anyValue,
  fast: anyValue,
  previews: anyValue,
  outputFolder: within,
  match: anyValue,
  exclude: anyValue,
  recursive: anyValue,
};
