export default class uPlot {
  constructor(options: object, data: number[][], place: HTMLElement);
  setSize(size: { width: number; height: number }): void;
}
