import { createStore } from 'zustand/vanilla';

/** The fields that hold something that cannot be used. While there are any, no run starts: it would have another value. */
export const unfitFieldsStore = createStore<{ readonly fields: ReadonlySet<string> }>(() => ({
  fields: new Set(),
}));

export function markField(id: string, unfit: boolean): void {
  const { fields } = unfitFieldsStore.getState();
  if (fields.has(id) === unfit) return;
  const next = new Set(fields);
  if (unfit) next.add(id);
  else next.delete(id);
  unfitFieldsStore.setState({ fields: next });
}

export function hasUnfitFields(): boolean {
  return unfitFieldsStore.getState().fields.size > 0;
}
