/**
 * Marks an image as ready once it can be drawn: an image that is only loaded may stay blank for as many frames as its
 * decoding takes. An image that cannot be drawn at all counts as ready, too.
 */
export function markImageReady(image: HTMLImageElement): void {
  const note = () => image.setAttribute('data-come', '');
  image.decode().then(note, note);
}

export function isImagePending(image: HTMLImageElement): boolean {
  return !image.hasAttribute('data-come');
}
