import { ItemError } from '../../../shared/failure.ts';

// What readers throw, in words that are the same for all formats. `name` is the person's name for the image.

export function endsTooEarly(name: string): ItemError {
  return new ItemError('TRUNCATED_IMAGE', `${name} ends before the image does.`);
}

/** @param what is wrong, in words that follow "is damaged: ". */
export function damaged(name: string, what: string, cause?: unknown): ItemError {
  return new ItemError('CORRUPT_IMAGE', `${name} is damaged: ${what}.`, { cause });
}

/** @param why in words that follow the name: "has samples of 5 bits". */
export function notReadHere(name: string, why: string): ItemError {
  return new ItemError('UNSUPPORTED_IMAGE', `${name} ${why}, which Shoal cannot read.`);
}
