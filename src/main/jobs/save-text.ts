/** Saves a text that is too long for a command line to a file and returns the file's path. */
export type SaveText = (text: string) => string;
