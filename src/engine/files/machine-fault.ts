import { ItemError } from '../../shared/failure.ts';

/**
 * How V8, WebAssembly, libvips and its decoders say that they got no memory; they have no error code for it. libheif
 * says nearly the same of a file that asks for more than it ever grants (`Security limit`): that is the file's fault.
 */
const noMemory =
  /out of memory|(?:not enough|insufficient) memory|(?:cannot|can't|could not|couldn't|unable to|failed to) (?:allocate|grow)|allocation (?:failed|error|failure)|bad_alloc/i;
const granted = /security limit/i;
const noFiles = /too many open files|\bE[MN]FILE\b/i;

/**
 * The failure if the machine ran out of something during the work. It says nothing about the item; another try may
 * succeed.
 * @param subject a path or URL, for the message. Its text is not searched for the words above.
 */
export function machineFault(error: unknown, subject: string): ItemError | undefined {
  // Our own errors have their code already.
  if (error instanceof ItemError) return undefined;
  const said = messageOf(error).replaceAll(subject, '');
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOMEM' || (noMemory.test(said) && !granted.test(said))) {
    // Of libvips' several lines, the one about memory.
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
