/**
 * A picture has come once it can be drawn: loaded alone, it may be blank for as many frames as its decoding takes. One
 * that cannot be drawn at all is not waited for.
 */
export function markImageReady(image: HTMLImageElement): void {
  const note = () => image.setAttribute('data-come', '');
  image.decode().then(note, note);
}

export function isImagePending(image: HTMLImageElement): boolean {
  return !image.hasAttribute('data-come');
}
