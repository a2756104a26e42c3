import { readFileSync } from 'node:fs';

/** What of a picture the app asks for. Nothing is drawn: it only tells whether Electron could, which knows JPEG and PNG. */
class StandInImage implements Pick<Electron.NativeImage, 'isEmpty'> {
  private readonly known: boolean;

  constructor(bytes: Buffer) {
    this.known = bytes.subarray(1, 4).toString('latin1') === 'PNG' || bytes.readUInt16BE(0) === 0xffd8;
  }
  isEmpty(): boolean {
    return !this.known;
  }
  resize(_options: Electron.ResizeOptions): StandInImage {
    return this;
  }
}

export const standInNativeImage = {
  createFromPath: (path: string) => new StandInImage(readFileSync(path)),
};
