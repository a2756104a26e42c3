import type { ErrorCode } from '../../shared/failure.ts';

interface Advice {
  /** The cause, as a heading over its failures. */
  readonly cause: string;
  /** What the person can do about it. */
  readonly advice: string;
}

const free = 'Free some space, or choose another output folder, and retry.';
const slow = 'Retry, with a smaller pool size if the server is slow.';
const damaged = 'Open it in an image program to see what is left of it, or get it again.';

/** For every code there is a cause and a next step: a new code does not compile without one. */
export const adviceFor: Readonly<Record<ErrorCode, Advice>> = {
  TASK_THREW: { cause: 'The task failed', advice: 'Look at its message below, mend the module and retry.' },
  WORKER_DIED: {
    cause: 'A worker ended unexpectedly',
    advice: 'Retry. If it happens again, use a smaller pool size.',
  },
  TASK_NOT_FOUND: { cause: 'The task was not found', advice: 'Install Shoal again.' },
  BAD_INPUT: { cause: 'The input cannot be used', advice: 'Take it out of the list, or correct it.' },
  NOT_FOUND: {
    cause: 'The file is gone',
    advice: 'It was moved or deleted after it was listed. Drop the folder again.',
  },
  NOT_READABLE: {
    cause: 'The file may not be read',
    advice: 'Give yourself permission to read it, and retry.',
  },
  NOT_WRITABLE: {
    cause: 'The result could not be written',
    advice: 'Choose an output folder that you may write to.',
  },
  NOT_A_FILE: { cause: 'It is not a file', advice: 'Only files can be worked on; take it out of the list.' },
  SYMLINK_LOOP: {
    cause: 'A link leads back to itself',
    advice: 'Remove the link, or drop the folder it means.',
  },
  DISK_FULL: { cause: 'The disk is full', advice: free },
  NAME_TOO_LONG: { cause: 'The name is too long', advice: 'Choose an output folder with a shorter path.' },
  IO_ERROR: { cause: 'Reading or writing failed', advice: 'Check the disk or the network drive, and retry.' },
  EMPTY_FILE: { cause: 'The file is empty', advice: 'Its copy or download was cut short. Get it again.' },
  NOT_AN_IMAGE: {
    cause: 'It is not an image',
    advice: 'Its content is something else, whatever its name says.',
  },
  UNSUPPORTED_IMAGE: {
    cause: 'An image format that is not supported',
    advice: 'Convert it to JPEG, PNG, WebP or AVIF.',
  },
  TRUNCATED_IMAGE: { cause: 'The image is cut short', advice: damaged },
  CORRUPT_IMAGE: { cause: 'The image is damaged', advice: damaged },
  TOO_MANY_PIXELS: {
    cause: 'The image is too large',
    advice: 'It has more pixels than the limit allows. Scale it down first.',
  },
  IMAGE_TIMEOUT: { cause: 'The image took too long', advice: 'Retry with a smaller pool size.' },
  OUTPUT_IS_INPUT: { cause: 'It would overwrite itself', advice: 'Choose another output folder.' },
  OUTPUT_EXISTS: {
    cause: 'A file of that name is there',
    advice: 'It is not Shoal’s. Move it away, or choose another output folder.',
  },
  BAD_URL: { cause: 'It is not a URL', advice: 'Correct the line in the list.' },
  UNSUPPORTED_SCHEME: { cause: 'Only http and https are fetched', advice: 'Correct the line in the list.' },
  DNS_NOT_FOUND: { cause: 'The server’s name is unknown', advice: 'Check the spelling and your connection.' },
  CONNECT_REFUSED: { cause: 'The server refused the connection', advice: 'It may be down. Retry later.' },
  CONNECT_TIMEOUT: { cause: 'The server did not answer', advice: slow },
  CONNECTION_LOST: { cause: 'The connection was lost', advice: slow },
  HEADERS_TIMEOUT: { cause: 'The server was silent for too long', advice: slow },
  BODY_TIMEOUT: { cause: 'The download stalled', advice: slow },
  TLS_ERROR: {
    cause: 'The connection is not secure',
    advice: 'The server’s certificate is not valid. Tell its owner.',
  },
  HTTP_STATUS: {
    cause: 'The server answered with an error',
    advice: 'Open the address in a browser to see why.',
  },
  REDIRECT_LOOP: {
    cause: 'Redirected too often',
    advice: 'Open the address in a browser to see where it leads.',
  },
  BAD_REDIRECT: {
    cause: 'Redirected to nowhere',
    advice: 'Open the address in a browser to see where it leads.',
  },
  TOO_LARGE: { cause: 'The file is larger than allowed', advice: 'Raise the size limit, and retry.' },
  TRUNCATED: { cause: 'The download was cut short', advice: slow },
  FETCH_FAILED: { cause: 'The download failed', advice: slow },
};
