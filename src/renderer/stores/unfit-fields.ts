import { createStore } from 'zustand/vanilla';

interface UnfitFields {
  readonly fields: ReadonlySet<string>;
}

/** The fields that hold something that cannot be used. While there are any, no run starts: it would have another value. */
export const unfitFieldsStore = createStore<UnfitFields>(() => ({ fields: new Set() }));

export function markField(id: string, unfit: boolean): void {
  const { fields } = unfitFieldsStore.getState();
  if (fields.has(id) === unfit) return;
  const next = new Set(fields);
  if (unfit) next.add(id);
  else next.delete(id);
  unfitFieldsStore.setState({ fields: next });
}

export function hasUnfitFields({ fields }: UnfitFields = unfitFieldsStore.getState()): boolean {
  return fields.size > 0;
}
