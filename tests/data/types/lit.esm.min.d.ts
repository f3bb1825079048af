export class LitElement extends HTMLElement {
  static properties: Record<string, object>;
  createRenderRoot(): HTMLElement | ShadowRoot;
  connectedCallback(): void;
  disconnectedCallback(): void;
  firstUpdated(changed: Map<string, unknown>): void;
  updated(changed: Map<string, unknown>): void | Promise<void>;
  render(): unknown;
  readonly updateComplete: Promise<boolean>;
}
export function html(strings: TemplateStringsArray, ...values: unknown[]): any;
export function svg(strings: TemplateStringsArray, ...values: unknown[]): any;
export function render(shown: unknown, place: HTMLElement): void;
export function repeat<T>(items: T[], key: (item: T) => unknown, show: (item: T, index: number) => unknown): any;
export function live(value: unknown): any;
export function ref(target: unknown): any;
export function createRef(): { value?: HTMLElement };
export const nothing: any;
