let isOn = false;

/** Notes that the window's own files are dragged out of it; until the button is up, the window takes no drop. */
export function startOwnDrag(): void {
  isOn = true;
  // While the system drags, a page hears nothing of the pointer.
  const moved = ({ buttons }: PointerEvent) => {
    if (buttons !== 0) return;
    isOn = false;
    window.removeEventListener('pointermove', moved);
  };
  window.addEventListener('pointermove', moved);
}

/** Whether what is dragged comes from this window: dropped on it, it would become the input of another run. */
export function isOwnDrag(): boolean {
  return isOn;
}
