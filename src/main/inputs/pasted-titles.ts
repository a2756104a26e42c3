/** What a list without a file is called. */
export const pastedTitle = 'Pasted list';
export const droppedTitle = 'Dropped list';

export const pastedTitles: ReadonlySet<string> = new Set([pastedTitle, droppedTitle]);
