import { ItemError } from '../../shared/failure.ts';

/**
 * How V8, WebAssembly, libvips and its decoders say that they got no memory. They have no code for it. libheif says
 * nearly the same of a file that asks for more than it grants any (`Security limit`): that is the file's fault.
 */
const noMemory =
  /out of memory|(?:not enough|insufficient) memory|(?:cannot|can't|could not|couldn't|unable to|failed to) (?:allocate|grow)|allocation (?:failed|error|failure)|bad_alloc/i;
const granted = /security limit/i;
const noFiles = /too many open files|\bE[MN]FILE\b/i;

/**
 * What the machine ran out of while something was worked on, which says nothing about that; another time may do.
 * @param subject a path or URL, for the message. What it is called does not count as what was said.
 */
export function machineFault(error: unknown, subject: string): ItemError | undefined {
  // One of ours says what it is.
  if (error instanceof ItemError) return undefined;
  const said = messageOf(error).replaceAll(subject, '');
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOMEM' || (noMemory.test(said) && !granted.test(said))) {
    // Of libvips' several lines the one that says it.
    const reason = (said.split('\n').find((line) => noMemory.test(line)) ?? said).trim();
    return new ItemError('OUT_OF_MEMORY', `${subject}: there is not enough memory (${reason}).`, {
      cause: error,
    });
  }
  if (code === 'EMFILE' || code === 'ENFILE' || noFiles.test(said)) {
    return new ItemError('TOO_MANY_OPEN_FILES', `${subject}: too many files are open at once.`, {
      cause: error,
    });
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
