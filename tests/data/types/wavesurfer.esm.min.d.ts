export default class WaveSurfer {
  static create(options: object): WaveSurfer;
  loadBlob(blob: Blob): Promise<void>;
  playPause(): Promise<void>;
  on(event: string, listener: (...given: any[]) => void): void;
}
